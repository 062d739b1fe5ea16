export default function tab(root, task) {}
