import { Button } from 'antd'
import { Redo2, Undo2 } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { type Condition, leavesOf } from '../../shared/conditions/schema.ts'
import { conditionIn, hand } from './clipboard.ts'
import styles from './condition.module.css'
import { asGroup, type ConditionPath, insertAt, moveTo, partAt, removeAt, type Spot } from './edit.ts'
import { type Editing, EditingContext, written } from './editing.ts'
import { GroupEditor } from './Group.tsx'
import { LiveCount, type LiveCountProps } from './LiveCount.tsx'
import { ConditionPalette } from './Palette.tsx'
import { useUndo } from './useUndo.ts'

export interface ConditionEditorProps {
  value: Condition
  onChange: (value: Condition) => void
  /** Shows how many customers meet it now; not where it asks of the journey itself. */
  count?: boolean
  /** With all that can be asked about beside it, and its own undo: where it is what the page is about. */
  wide?: boolean
  /** What is shown below the count, of its answer. */
  below?: LiveCountProps['below']
}

const isWriting = (target: EventTarget) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null

/** The path of the part in which something stands, [] outside them all. */
function pathOf(target: EventTarget): ConditionPath {
  const part = target instanceof Element ? target.closest('[data-part]') : null
  const text = part?.getAttribute('data-part') ?? ''
  return text === '' ? [] : text.split('.').map(Number)
}

/**
 * Edits a condition: nested groups of tests, each a sentence that opens into its controls, to be dragged, copied and
 * moved by keys. Needs a ConditionContext around it.
 */
export function ConditionEditor({
  value,
  onChange,
  count = true,
  wide = false,
  below,
}: ConditionEditorProps) {
  const { t } = useTranslation('nodes')
  const root = useMemo(() => asGroup(value), [value])
  const undo = useUndo(value, onChange)
  const box = useRef<HTMLDivElement>(null)
  const editing = useEditingOf(root, wide ? undo.change : onChange, box)
  const { change } = editing
  const paste = (event: ClipboardEvent) => {
    if (isWriting(event.target)) return
    const part = conditionIn(event.clipboardData.getData('text/plain'))
    if (part === null) return
    event.preventDefault()
    const path = pathOf(event.target)
    const at = path.at(-1) ?? root.of.length - 1
    const into = path.slice(0, -1)
    change(insertAt(root, into, at + 1, part), { focus: [...into, at + 1] })
  }
  const copy = (event: ClipboardEvent, cut: boolean) => {
    const path = pathOf(event.target)
    const part = partAt(root, path)
    if (isWriting(event.target) || path.length === 0 || part === undefined) return
    if (getSelection()?.isCollapsed === false) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', JSON.stringify(part))
    hand.setState({ copied: part })
    if (cut) change(removeAt(root, path))
  }
  const press = (event: KeyboardEvent) => {
    if (!wide || isWriting(event.target) || !(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    const step = key === 'y' || (key === 'z' && event.shiftKey) ? undo.redo : key === 'z' ? undo.undo : null
    if (step === null) return
    event.preventDefault()
    step()
  }
  return (
    <EditingContext value={editing}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and the clipboard of the parts within */}
      <div
        ref={box}
        className={wide ? `${styles.editor} ${styles.wide}` : styles.editor}
        data-testid="condition-editor"
        onPaste={paste}
        onCopy={(event) => copy(event, false)}
        onCut={(event) => copy(event, true)}
        onKeyDown={press}
      >
        {wide ? <ConditionPalette /> : null}
        <div className={styles.main}>
          {wide ? (
            <div className={styles.tools}>
              <Button
                type="text"
                size="small"
                icon={<Undo2 size={14} />}
                disabled={undo.undo === null}
                aria-label={t('condition.undo')}
                title={t('condition.undo')}
                onClick={() => undo.undo?.()}
                data-testid="condition-undo"
              />
              <Button
                type="text"
                size="small"
                icon={<Redo2 size={14} />}
                disabled={undo.redo === null}
                aria-label={t('condition.redo')}
                title={t('condition.redo')}
                onClick={() => undo.redo?.()}
              />
            </div>
          ) : null}
          <GroupEditor group={root} path={[]} />
          {count && leavesOf(root).length > 0 ? <LiveCount condition={value} below={below} /> : null}
        </div>
      </div>
    </EditingContext>
  )
}

function useEditingOf(
  root: Editing['root'],
  onChange: (value: Condition, within: string | null) => void,
  box: React.RefObject<HTMLDivElement | null>,
): Editing {
  const editor = useId()
  const [opened, setOpened] = useState<string | null>(null)
  const [spot, setSpot] = useState<Spot | null>(null)
  // A drop can come before the last movement has been drawn: it goes by what was meant, not by what is shown.
  const meant = useRef<Spot | null>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const carried = useStore(hand, (state) => state.carried)
  const copied = useStore(hand, (state) => state.copied)
  useEffect(() => {
    if (focused === null) return
    // The part whose place has changed keeps the keyboard.
    box.current?.querySelector<HTMLElement>(`[data-part="${focused}"] [data-handle]`)?.focus()
    setFocused(null)
  }, [focused, box])
  const change: Editing['change'] = (next, then = {}) => {
    setOpened(then.open === undefined ? null : written(then.open))
    if (then.focus !== undefined) setFocused(written(then.focus))
    const within = then.focus === undefined && then.open !== undefined ? written(then.open) : null
    onChange(next, within)
  }
  const aim = (next: Spot | null) => {
    const last = meant.current
    meant.current = next
    if (last?.at !== next?.at || written(last?.into ?? []) !== written(next?.into ?? [])) setSpot(next)
  }
  const over: Editing['over'] = (event, place) => {
    if (hand.getState().carried === null) return
    event.preventDefault()
    event.stopPropagation()
    aim(place)
  }
  const drop: Editing['drop'] = (event) => {
    const { carried } = hand.getState()
    const where = meant.current
    if (carried === null) return
    event.preventDefault()
    event.stopPropagation()
    aim(null)
    hand.setState({ carried: null })
    if (where === null) return
    if (carried.from?.editor === editor) {
      const moved = moveTo(root, carried.from.path, where)
      if (moved !== null) change(moved.condition, { focus: moved.path })
      return
    }
    const path = [...where.into, where.at]
    const whole = carried.from !== null || carried.part.kind === 'all' || carried.part.kind === 'any'
    change(
      insertAt(root, where.into, where.at, carried.part),
      whole ? { focus: path } : { open: path, focus: path },
    )
  }
  return {
    editor,
    root,
    opened,
    open: (path) => setOpened(path === null ? null : written(path)),
    change,
    carried,
    carry: (next) => hand.setState({ carried: next }),
    spot,
    over,
    leave: () => aim(null),
    drop,
    copied,
    copy(part) {
      hand.setState({ copied: part })
      // A browser may refuse its clipboard; within the window the part is copied all the same.
      void navigator.clipboard?.writeText(JSON.stringify(part)).catch(() => undefined)
    },
  }
}
