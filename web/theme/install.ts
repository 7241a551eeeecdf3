import { preferences } from '../ui/preferences.ts'
import { tokenSheet } from './tokens.ts'
import './base.css'

/** Puts the tokens into the document before the first paint, and keeps it light or dark as chosen. */
export function installTheme(): void {
  const sheet = document.createElement('style')
  sheet.textContent = tokenSheet()
  document.head.append(sheet)
  const apply = () => {
    document.documentElement.dataset.theme = preferences.getState().mode
  }
  apply()
  preferences.subscribe(apply)
}
