import { createContext, useContext, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PreviewAnswer, PreviewMessage } from '../../../shared/api/preview.ts'
import { localTime } from '../../../shared/calendar/index.ts'
import { useEditor, useJourney } from '../../conditions/editor.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { previewCustomer } from '../../store/preview-customer.ts'
import { PassedOver } from '../../ui/PassedOver.tsx'
import { Phone } from '../../ui/Phone.tsx'
import { PhoneMessage } from '../../ui/PhoneMessage.tsx'
import { Walker } from '../../ui/Walker.tsx'
import { WhoseText } from '../../ui/WhoseText.tsx'
import styles from './send.module.css'
import { sayVariable } from './variables.ts'

/** How long writing must pause before the preview is asked for again (ms). */
const quiet = 350

type Move = 'none' | 'next' | 'previous'

interface Shown {
  readonly answer: PreviewAnswer | null
  readonly busy: boolean
  readonly failed: boolean
  /** Whether the model is writing. */
  readonly polishing: boolean
}

/** By which of a message's channels it is shown; null: by the one that carries it. */
export const PreviewChannelContext = createContext<string | null>(null)

/** The node's message as one customer would read it, kept up with the writing. */
export function usePreview(node: string): Shown & { move: (move: Move) => void; polish: () => void } {
  const { preview } = useEditor()
  const by = useContext(PreviewChannelContext)
  const journey = useJourney((whole) => whole)
  const [shown, setShown] = useState<Shown>({
    answer: null,
    busy: true,
    failed: false,
    polishing: false,
  })
  const asked = useRef<AbortController | null>(null)
  const [step, setStep] = useState<{ move: Move; count: number }>({ move: 'none', count: 0 })
  const moved = useRef(0)
  useEffect(() => {
    const stop = new AbortController()
    const stepping = step.count !== moved.current
    moved.current = step.count
    asked.current?.abort()
    setShown((now) => ({ ...now, busy: true, polishing: false }))
    const ask = () => {
      const request = {
        journey,
        customerId: previewCustomer.getState().id,
        move: stepping ? step.move : 'none',
        node,
        polish: false,
        ...(by === null ? {} : { channel: by }),
      } as const
      preview(request, stop.signal).then(
        (answer) => {
          previewCustomer.setState({ id: answer.customer?.id ?? null })
          setShown({ answer, busy: false, failed: false, polishing: false })
        },
        () => {
          if (!stop.signal.aborted) setShown((now) => ({ ...now, busy: false, failed: true }))
        },
      )
    }
    const timer = setTimeout(ask, stepping ? 0 : quiet)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [journey, node, preview, step, by])
  const polish = () => {
    const customerId = shown.answer?.customer?.id
    if (customerId === undefined) return
    const stop = new AbortController()
    asked.current = stop
    setShown((now) => ({ ...now, polishing: true }))
    preview({ journey, customerId, move: 'none', node, polish: true }, stop.signal).then(
      (answer) => {
        if (!stop.signal.aborted)
          setShown((now) => ({ ...now, polishing: false, answer: merged(now, answer) }))
      },
      () => {
        if (!stop.signal.aborted) setShown((now) => ({ ...now, polishing: false, failed: true }))
      },
    )
  }
  useEffect(() => () => asked.current?.abort(), [])
  return { ...shown, polish, move: (move) => setStep(({ count }) => ({ move, count: count + 1 })) }
}

/** The answer with the model's text; where in the audience the customer stands is known from before. */
function merged({ answer }: Shown, polished: PreviewAnswer): PreviewAnswer {
  return { ...polished, position: answer?.position ?? polished.position }
}

/** The phone in the inspector. */
export function PhonePreview({ node }: { node: string }) {
  const { t } = useTranslation(['nodes', 'preview'])
  const { answer, busy, failed, polishing, move, polish } = usePreview(node)
  const { brand, now, ai } = useEditor()
  const by = useContext(PreviewChannelContext)
  const personal = useJourney(({ nodes }) => by === null && Boolean(nodes[node]?.config.ai))
  const customer = answer?.customer ?? null
  const position = answer?.position ?? null
  const message = answer?.messages.find((one) => one.node === node)
  const who = [customer?.name ?? customer?.id, customer?.attributes.tier, customer?.city].filter(Boolean)
  return (
    <div className={busy ? styles.previewBusy : styles.preview} data-testid="inspector-phone">
      <Phone
        hug
        time={localTime(message?.at ?? now, brand.zone)}
        title={customer === null ? t('preview:nobody') : who.join(' · ')}
        extra={<Walker position={position} onWalk={move} testId="preview" />}
      >
        <PreviewBody message={message} failed={failed} empty={answer !== null && customer === null} />
      </Phone>
      {personal && message !== undefined && message.text !== '' ? (
        <div className={styles.whose}>
          <WhoseText ai={message.ai} busy={polishing} onPolish={ai ? polish : null} />
        </div>
      ) : null}
    </div>
  )
}

function PreviewBody({
  message,
  failed,
  empty,
}: {
  message: PreviewMessage | undefined
  failed: boolean
  empty: boolean
}) {
  const { t } = useTranslation('preview')
  const { locale } = useLocale()
  const journey = useJourney((whole) => whole)
  const { contents } = useEditor().brand
  if (failed) return <p className={styles.quiet}>{t('failed')}</p>
  if (empty) return <p className={styles.quiet}>{t('noCustomer')}</p>
  if (message === undefined) return <p className={styles.quiet}>{t('loading')}</p>
  return (
    <>
      {message.text === '' && message.attachments.length === 0 ? (
        <p className={styles.quiet}>{t('noText')}</p>
      ) : (
        <PhoneMessage
          channel={message.channel}
          subject={message.subject}
          text={message.text}
          html={message.html}
          attachments={message.attachments}
        />
      )}
      {message.missing.length > 0 ? (
        <p className={styles.missing}>
          {t('missing', {
            names: message.missing
              .map((name) => sayVariable(name, journey, locale, contents))
              .join(t('comma')),
          })}
        </p>
      ) : null}
      {message.gate === null ? null : (
        <p className={styles.gate}>{t('held', { gate: gateWord(t, message.gate) })}</p>
      )}
      <PassedOver passed={message.passed} word={(gate) => gateWord(t, gate)} />
    </>
  )
}

type Translate = ReturnType<typeof useTranslation<'preview'>>['t']

/** A gate in words; one that this interface does not know is said as it is. */
function gateWord(t: Translate, gate: string): string {
  return t(`gates.${gate}` as 'gates.cap', { defaultValue: gate })
}
