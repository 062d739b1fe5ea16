// Takes the pictures of the server's page, from one that runs with the models of the demos:
//   ./unroll serve & npm install playwright-core && node docs/pictures/page.mjs http://127.0.0.1:8080
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';

const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox']});
const page = await browser.newPage({viewport: {width: 900, height: 640}});
await page.goto(process.argv[2] ?? 'http://127.0.0.1:8080');

const steps = {
  sentiment: () => page.waitForSelector('#panel-sentiment .reading'),
  ner: () => page.waitForSelector('#panel-ner .span'),
  charlm: async () => {
    await page.click('#panel-charlm button.act');
    await page.waitForFunction(() => document.querySelectorAll('#charlm-text span.fresh').length === 400, null, {timeout: 60000});
    await page.locator('#charlm-text span.fresh').nth(60).hover();
  },
  embeddings: async () => {
    await page.waitForSelector('#panel-embeddings svg circle', {timeout: 60000});
    await page.fill('#panel-embeddings input[type=search]', 'king');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#embeddings-near tr');
    await page.click('#panel-embeddings h2 + form button.act');
    await page.waitForSelector('#panel-embeddings line.found', {timeout: 60000});
  },
  translation: () => page.waitForSelector('#translation-text', {timeout: 60000}),
  speech: async () => {
    await page.click('#speech-sample');
    await page.waitForSelector('#speech-text', {timeout: 60000});
  },
  activity: () => page.waitForSelector('#panel-activity meter', {timeout: 60000}),
  dna: () => page.waitForSelector('#panel-dna meter', {timeout: 60000}),
  music: async () => {
    await page.click('#panel-music button.act');
    await page.waitForSelector('#panel-music .card canvas', {timeout: 60000});
    await page.click('#panel-music h2 + form button.act');
    await page.waitForFunction(() => document.querySelectorAll('#panel-music .card canvas').length === 2, null, {timeout: 60000});
  },
};
for (const [task, step] of Object.entries(steps)) {
  await page.click(`#tab-${task}`);
  await step();
  await page.screenshot({path: fileURLToPath(new URL(`page-${task}.png`, import.meta.url)), fullPage: true});
}
await browser.close();
