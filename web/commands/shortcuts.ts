/** The part of a keyboard event that a shortcut looks at. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** The key as shortcuts write it: a digit by its place on the keyboard, as shift changes what it types. */
function keyOf({ key, code }: KeyPress): string {
  return /^Digit\d$/.test(code) ? code.slice(5) : key.toLowerCase()
}

/** Whether a key press is a shortcut such as `mod+shift+z`. */
export function isShortcut(press: KeyPress, shortcut: string, mac: boolean): boolean {
  const parts = shortcut.split('+')
  const wanted = parts.at(-1)
  const mod = mac ? press.metaKey : press.ctrlKey
  const foreign = mac ? press.ctrlKey : press.metaKey
  return (
    keyOf(press) === wanted &&
    mod === parts.includes('mod') &&
    !foreign &&
    press.shiftKey === parts.includes('shift') &&
    press.altKey === parts.includes('alt')
  )
}

const macSigns: Readonly<Record<string, string>> = {
  mod: '⌘',
  shift: '⇧',
  alt: '⌥',
  delete: '⌫',
  escape: 'esc',
}
const words: Readonly<Record<string, string>> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  delete: 'Del',
  escape: 'Esc',
}

/** A shortcut as the reader's keyboard has it: `⇧⌘Z`, `Ctrl+Shift+Z`. */
export function sayShortcut(shortcut: string, mac: boolean): string {
  const parts = shortcut.split('+').map((part) => (mac ? macSigns[part] : words[part]) ?? part.toUpperCase())
  return mac ? parts.join('') : parts.join('+')
}
