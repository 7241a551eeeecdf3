import { tokenSheet } from './tokens.ts'
import './base.css'

/** Puts the tokens into the document before the first paint. */
export function installTheme(): void {
  const sheet = document.createElement('style')
  sheet.textContent = tokenSheet()
  document.head.append(sheet)
}
