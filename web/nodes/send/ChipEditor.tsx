import { Button, Input } from 'antd'
import { Trash2 } from 'lucide-react'
import {
  type ClipboardEvent,
  type HTMLAttributes,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { prohibitedWords } from '../../../shared/message/words.ts'
import styles from './ChipEditor.module.css'
import { type ChipLook, caretToEnd, chip, draw, drawTyped, rangesOf, read } from './dom.ts'
import { type Piece, piecesOf, variableSource } from './template.ts'

export interface ChipEditorHandle {
  /** Puts a variable where the caret last was. */
  insert: (source: string) => void
}

export interface ChipEditorProps {
  value: string
  onChange: (value: string) => void
  nameOf: (path: string) => string
  label: string
  handle?: RefObject<ChipEditorHandle | null>
  singleLine?: boolean
  /** Tells highlights of several editors on one page apart. */
  testId: string
  lang: string
}

interface OpenChip {
  readonly element: HTMLElement
  readonly piece: Extract<Piece, { kind: 'variable' }>
}

/**
 * Writes a text in which variables are chips under their own names. The DOM belongs to the browser while one
 * writes, so that input methods work; what it holds is read back as a template after each change.
 */
export function ChipEditor({
  value,
  onChange,
  nameOf,
  label,
  handle,
  singleLine,
  testId,
  lang,
}: ChipEditorProps) {
  const { t } = useTranslation('nodes')
  const root = useRef<HTMLDivElement>(null)
  const drawn = useRef<string | null>(null)
  const caret = useRef<Range | null>(null)
  const [open, setOpen] = useState<OpenChip | null>(null)
  const look = useMemo<ChipLook>(
    () => ({
      variable: styles.chip ?? '',
      code: styles.code ?? '',
      nameOf,
      titleOf: (_path, fallback) => (fallback === null ? '' : t('send.fallbackTitle', { fallback })),
    }),
    [nameOf, t],
  )
  const redraw = useCallback(
    (template: string) => {
      if (!root.current) return
      draw(root.current, template, look)
      drawn.current = template
      caret.current = null
      setOpen(null)
    },
    [look],
  )
  // Another look (the reader's language) draws anew; so does a value that did not come from here.
  const lastLook = useRef(look)
  useLayoutEffect(() => {
    if (drawn.current === value && lastLook.current === look) return
    lastLook.current = look
    redraw(value)
    if (root.current && document.activeElement === root.current) caretToEnd(root.current)
  }, [value, look, redraw])
  useHighlights(root, value)

  const emit = () => {
    if (!root.current) return
    const template = read(root.current)
    drawn.current = template
    onChange(template)
  }
  const remember = () => {
    const selection = getSelection()
    if (!selection || selection.rangeCount === 0) return
    const range = selection.getRangeAt(0)
    if (root.current?.contains(range.startContainer)) caret.current = range.cloneRange()
  }
  useImperativeHandle(handle, () => ({
    insert: (source) => {
      if (!root.current) return
      insertAt(root.current, caret.current, source, look)
      remember()
      emit()
    },
  }))
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (singleLine && event.key === 'Enter') event.preventDefault()
  }
  const paste = (event: ClipboardEvent<HTMLDivElement>) => {
    if (!singleLine) return
    event.preventDefault()
    const text = event.clipboardData.getData('text/plain').replaceAll(/\s*\n\s*/g, ' ')
    document.execCommand('insertText', false, text)
  }
  const openChip = (target: EventTarget) => {
    const element = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-source]') : null
    const [piece] = piecesOf(element?.dataset.source ?? '')
    setOpen(element && piece?.kind === 'variable' ? { element, piece } : null)
  }
  // A text field can hold no chips, so an editable element takes its part.
  const field: HTMLAttributes<HTMLDivElement> = {
    role: 'textbox',
    tabIndex: 0,
    'aria-multiline': !singleLine,
    'aria-label': label,
    lang,
    spellCheck: false,
    onInput: (event) => {
      if (!(event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing)) emit()
    },
    onCompositionEnd: emit,
    onKeyDown: press,
    onKeyUp: remember,
    onMouseUp: remember,
    onPaste: paste,
    onClick: (event) => openChip(event.target),
    onBlur: () => {
      remember()
      // What was typed as {{ name }} becomes a chip once the writer goes on.
      if (root.current) drawTyped(root.current, look)
    },
  }
  return (
    <>
      <div
        {...field}
        ref={root}
        className={singleLine ? `${styles.editor} ${styles.single}` : styles.editor}
        contentEditable="plaintext-only"
        suppressContentEditableWarning
        data-testid={testId}
        data-editor="chips"
      />
      {open === null ? null : (
        <ChipSettings
          key={open.element.dataset.source ?? ''}
          name={nameOf(open.piece.path)}
          fallback={open.piece.fallback ?? ''}
          onFallback={(fallback) => {
            const { path, filter } = open.piece
            open.element.dataset.source = variableSource(path, fallback, filter)
            open.element.title = look.titleOf(path, fallback)
            emit()
          }}
          onRemove={() => {
            open.element.remove()
            setOpen(null)
            emit()
          }}
        />
      )}
    </>
  )
}

function insertAt(root: HTMLElement, at: Range | null, source: string, look: ChipLook): void {
  const [piece] = piecesOf(source)
  const path = piece?.kind === 'variable' ? piece.path : source
  const element = chip(source, look.nameOf(path), look.variable, '')
  root.focus()
  if (at === null || !root.contains(at.startContainer)) caretToEnd(root)
  else {
    const selection = getSelection()
    selection?.removeAllRanges()
    selection?.addRange(at)
  }
  const range = getSelection()?.getRangeAt(0)
  range?.deleteContents()
  range?.insertNode(element)
  range?.setStartAfter(element)
  range?.collapse(true)
}

function ChipSettings({
  name,
  fallback,
  onFallback,
  onRemove,
}: {
  name: string
  fallback: string
  onFallback: (fallback: string) => void
  onRemove: () => void
}) {
  const { t } = useTranslation('nodes')
  const [text, setText] = useState(fallback)
  return (
    <div className={styles.settings}>
      <span>{t('send.fallback', { name })}</span>
      <Input
        size="small"
        value={text}
        placeholder={t('send.fallbackPlaceholder')}
        aria-label={t('send.fallback', { name })}
        onChange={(event) => {
          setText(event.target.value)
          onFallback(event.target.value)
        }}
      />
      <Button
        type="text"
        size="small"
        icon={<Trash2 size={13} />}
        aria-label={t('send.removeVariable')}
        onClick={onRemove}
      />
    </div>
  )
}

const marks = ['block', 'warn'] as const

/** Marks prohibited words in the drawn text, where the browser can do so without touching it. */
function useHighlights(root: RefObject<HTMLDivElement | null>, value: string): void {
  useEffect(() => {
    if (!root.current || !('highlights' in CSS)) return
    const hits = prohibitedWords(value)
    const added = marks.map((severity) => {
      const places = hits.filter((hit) => hit.severity === severity)
      const ranges = root.current ? rangesOf(root.current, places) : []
      const name = `mp-${severity}`
      const highlight = CSS.highlights.get(name) ?? new Highlight()
      for (const range of ranges) highlight.add(range)
      CSS.highlights.set(name, highlight)
      return { highlight, ranges }
    })
    return () => {
      for (const { highlight, ranges } of added) for (const range of ranges) highlight.delete(range)
    }
  }, [root, value])
}
