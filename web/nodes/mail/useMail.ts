import { useEffect, useRef, useState } from 'react'
import type { Mail, MailDocument } from '../../../shared/mail/blocks.ts'
import { structureOf } from '../../../shared/mail/mjml.ts'
import { useEditor } from '../../conditions/editor.ts'
import { emptyHistory, type History, pushed, redone, undone } from '../../store/history.ts'

/** How long changing must pause before the blocks are laid out anew (ms). */
const quiet = 250

export interface MailSession {
  readonly document: MailDocument
  /** Changes of the same key that follow each other closely are undone together. */
  readonly apply: (next: MailDocument, key: string | null) => void
  readonly undo: (() => void) | null
  readonly redo: (() => void) | null
  /** Whether the layout is that of the blocks, is being made, or could not be. */
  readonly layout: 'laid' | 'laying' | 'failed'
  readonly again: () => void
}

/**
 * A mail being written: each change stands in the journey at once, so that nothing is lost; the layout follows. Words
 * need none, as they have slots in it.
 */
export function useMail(mail: Mail, save: (mail: Mail) => void): MailSession {
  const { layOutMail } = useEditor()
  const { document } = mail
  const [history, setHistory] = useState<History<MailDocument>>(emptyHistory)
  const [failed, setFailed] = useState(false)
  const [tries, setTries] = useState(0)
  /** Layouts that were made in this session: what is undone has its own again at once. */
  const known = useRef(new Map<string, NonNullable<Mail['laid']>>())
  const latest = useRef({ mail, save })
  latest.current = { mail, save }
  if (mail.laid !== null) known.current.set(mail.laid.of, mail.laid)

  const write = (next: MailDocument) =>
    save({ document: next, laid: known.current.get(structureOf(next)) ?? mail.laid })

  const structure = structureOf(document)
  const laid = mail.laid?.of === structure
  // biome-ignore lint/correctness/useExhaustiveDependencies: words alone need no layout; another try does
  useEffect(() => {
    if (laid) return
    const stop = new AbortController()
    const ask = () => {
      layOutMail({ document: latest.current.mail.document }, stop.signal).then(
        ({ mail: made }) => {
          setFailed(false)
          if (made.laid === null) return
          known.current.set(made.laid.of, made.laid)
          // What was written meanwhile stays.
          const now = latest.current.mail.document
          if (structureOf(now) === made.laid.of) latest.current.save({ document: now, laid: made.laid })
        },
        () => {
          if (!stop.signal.aborted) setFailed(true)
        },
      )
    }
    const timer = setTimeout(ask, quiet)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [structure, laid, layOutMail, tries])

  const step = (taken: ReturnType<typeof undone<MailDocument>>) =>
    taken === null
      ? null
      : () => {
          setHistory(taken.history)
          write(taken.present)
        }
  return {
    document,
    apply(next, key) {
      if (next === document) return
      setHistory(pushed(history, { before: document, label: 'mail', key, at: performance.now() }))
      write(next)
    },
    undo: step(undone(history, document)),
    redo: step(redone(history, document)),
    layout: laid ? 'laid' : failed ? 'failed' : 'laying',
    again: () => {
      setFailed(false)
      setTries((count) => count + 1)
    },
  }
}
