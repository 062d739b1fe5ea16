/**
 * Speech recognition: what is said in a recording, as text; many to many, where nobody tells which
 * part of the sound is which letter.
 *
 * <pre>
 *   UtteranceReader    manifests, Kaldi's folders, names of files          → Utterance
 *   UtteranceEncoder   recordings to frames, texts to labels               Alphabet
 *   SpeechTrainer      recurrent layers and CTC                            SpeechNetwork
 *   SpeechModel        transcribes and is evaluated                        Transcript
 *     TranscriptSearch   greedily, or by a beam and a language model
 *   LiveSpeech         transcribes while the sound still comes in
 * </pre>
 */
package dev.unroll.speech;
