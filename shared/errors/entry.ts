import type { LocalText } from '../text.ts'

/**
 * Every problem that Magpie tells anybody about: its HTTP status, what is wrong, and how to mend it.
 * `{name}` in a text is replaced by the value of that name from the problem's details.
 */
export interface ErrorEntry {
  status: number
  message: LocalText
  mend: LocalText
}
