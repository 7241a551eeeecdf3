import { Button } from 'antd'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PreviewAnswer, PreviewMessage } from '../../../shared/api/preview.ts'
import { localTime } from '../../../shared/calendar/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { previewCustomer } from '../../store/preview-customer.ts'
import { Phone } from '../../ui/Phone.tsx'
import { PhoneMessage } from '../../ui/PhoneMessage.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useEditor, useJourney } from '../editor.ts'
import styles from './send.module.css'
import { sayVariable } from './variables.ts'

/** How long writing must pause before the preview is asked for again (ms). */
const quiet = 350

type Move = 'none' | 'next' | 'previous'

interface Shown {
  readonly answer: PreviewAnswer | null
  readonly busy: boolean
  readonly failed: boolean
}

/** The node's message as one customer would read it, kept up with the writing. */
function usePreview(node: string): Shown & { move: (move: Move) => void } {
  const { preview } = useEditor()
  const journey = useJourney((whole) => whole)
  const [shown, setShown] = useState<Shown>({ answer: null, busy: true, failed: false })
  const [step, setStep] = useState<{ move: Move; count: number }>({ move: 'none', count: 0 })
  const moved = useRef(0)
  useEffect(() => {
    const stop = new AbortController()
    const stepping = step.count !== moved.current
    moved.current = step.count
    setShown((now) => ({ ...now, busy: true }))
    const ask = () => {
      const request = {
        journey,
        customerId: previewCustomer.getState().id,
        move: stepping ? step.move : 'none',
        node,
        polish: false,
      } as const
      preview(request, stop.signal).then(
        (answer) => {
          previewCustomer.setState({ id: answer.customer?.id ?? null })
          setShown({ answer, busy: false, failed: false })
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
  }, [journey, node, preview, step])
  return { ...shown, move: (move) => setStep(({ count }) => ({ move, count: count + 1 })) }
}

/** The phone in the inspector. */
export function PhonePreview({ node }: { node: string }) {
  const { t } = useTranslation(['nodes', 'preview'])
  const { answer, busy, failed, move } = usePreview(node)
  const format = useFormat()
  const { brand, now } = useEditor()
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
        extra={
          <span className={styles.walk}>
            <Button
              type="text"
              size="small"
              icon={<ChevronLeft size={14} />}
              aria-label={t('preview:previous')}
              data-testid="preview-previous"
              onClick={() => move('previous')}
            />
            {position === null || position.of === 0
              ? null
              : `${format.count(position.index)} / ${format.count(position.of)}`}
            <Button
              type="text"
              size="small"
              icon={<ChevronRight size={14} />}
              aria-label={t('preview:next')}
              data-testid="preview-next"
              onClick={() => move('next')}
            />
          </span>
        }
      >
        <PreviewBody message={message} failed={failed} empty={answer !== null && customer === null} />
      </Phone>
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
  if (failed) return <p className={styles.quiet}>{t('failed')}</p>
  if (empty) return <p className={styles.quiet}>{t('noCustomer')}</p>
  if (message === undefined) return <p className={styles.quiet}>{t('loading')}</p>
  return (
    <>
      {message.text === '' ? (
        <p className={styles.quiet}>{t('noText')}</p>
      ) : (
        <PhoneMessage
          channel={message.channel}
          subject={message.subject}
          text={message.text}
          html={message.html}
        />
      )}
      {message.missing.length > 0 ? (
        <p className={styles.missing}>
          {t('missing', {
            names: message.missing.map((name) => sayVariable(name, journey, locale)).join(t('comma')),
          })}
        </p>
      ) : null}
      {message.gate === null ? null : (
        <p className={styles.gate}>{t('held', { gate: gateWord(t, message.gate) })}</p>
      )}
    </>
  )
}

type Translate = ReturnType<typeof useTranslation<'preview'>>['t']

/** A gate in words; one that this interface does not know is said as it is. */
function gateWord(t: Translate, gate: string): string {
  return t(`gates.${gate}` as 'gates.cap', { defaultValue: gate })
}
