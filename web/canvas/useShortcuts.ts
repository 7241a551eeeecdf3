import { useEffect } from 'react'
import { keyCommands } from '../commands/index.ts'
import { redo } from '../commands/redo.ts'
import { isShortcut } from '../commands/shortcuts.ts'
import { undo } from '../commands/undo.ts'
import { useCanvas } from './context.ts'
import { isMac } from './platform.ts'

const history = [undo, redo]
const overlays = '.ant-modal-wrap, .ant-drawer-body, .ant-select-dropdown, .ant-dropdown, .ant-popover'

/** Which commands keys may call, given where the focus is. */
function callable(target: Element): typeof keyCommands {
  // In the chip editor the document's own undo takes the browser's place, which knows no chips.
  if (target.closest('[data-editor="chips"]')) return history
  if (target.closest('input, textarea, select, [contenteditable]')) return []
  if (target.closest(overlays)) return []
  // Elsewhere in a form, keys such as Delete belong to the form.
  return target.closest('[data-panel]') ? history : keyCommands
}

/** Calls commands by their shortcuts while the canvas is open. */
export function useShortcuts(): void {
  const { commands, screen } = useCanvas()
  useEffect(() => {
    const mac = isMac()
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !(event.target instanceof Element)) return
      // An earlier version is only looked at, and the draft is out of sight meanwhile.
      if (screen.getState().version !== null) return
      const command = callable(event.target).find(({ shortcuts }) =>
        shortcuts.some((shortcut) => isShortcut(event, shortcut, mac)),
      )
      if (command === undefined || command.ready?.(commands) === false) return
      // Text that is marked on the page is what copying means.
      if (command.id === 'copy' && getSelection()?.isCollapsed === false) return
      event.preventDefault()
      void command.run(commands)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [commands, screen])
}
