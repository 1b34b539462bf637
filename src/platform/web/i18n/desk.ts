/**
 * The words of what is opened at a desk. The build puts an import of this in front of every module that has such
 * words (src/word-parts.ts), so none of them runs before its words are here.
 */
import { speakAtDesk } from './language.ts'

await speakAtDesk()
