import { useTranslation } from 'react-i18next'
import { ownPictures } from '../../ui/own-pictures.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { Walker } from '../../ui/Walker.tsx'
import { usePreview } from '../send/PhonePreview.tsx'
import styles from './mail.module.css'

export type Device = 'desktop' | 'phone'

const widths: Readonly<Record<Device, number>> = { desktop: 720, phone: 375 }

/** What a mail program in the dark goes by: the mail's own rules for it, taken as if it were night. */
const atNight = (html: string): string =>
  html.replaceAll(/@media\s*\(prefers-color-scheme:\s*dark\)/g, '@media all')

/** The mail itself, as one customer gets it, kept away from the page. */
export function MailPreview({
  node,
  device,
  dark,
  untitled,
}: {
  node: string
  device: Device
  dark: boolean
  /** Nobody gets a mail without a subject. */
  untitled: boolean
}) {
  const { t } = useTranslation(['mail', 'preview'])
  const format = useFormat()
  const { answer, busy, failed, move } = usePreview(node)
  const message = answer?.messages.find((one) => one.node === node)
  const html = message?.html ?? null
  const customer = answer?.customer ?? null
  const [problem] = message?.problems ?? []
  const why = untitled
    ? t('mail:untitled')
    : failed
      ? t('preview:failed')
      : answer === null
        ? t('preview:loading')
        : customer === null
          ? t('preview:noCustomer')
          : problem === undefined
            ? t('mail:nothing')
            : format.text(problem.detail)
  /** Until there is an answer nothing is said of who it is for. */
  const unknown = (said: string) => (answer === null ? '\u00a0' : said)
  return (
    <div className={styles.previewing} aria-busy={busy}>
      <div className={styles.previewHead}>
        <span>{customer === null ? unknown(t('preview:nobody')) : (customer.name ?? customer.id)}</span>
        <Walker position={answer?.position ?? null} onWalk={move} testId="mail-preview" />
      </div>
      <div className={styles.window} style={{ maxWidth: widths[device] }} data-dark={dark}>
        <div className={styles.subject}>
          <strong>{message?.subject ?? unknown(t('mail:noSubject'))}</strong>
        </div>
        {html === null ? (
          <p className={styles.why}>{why}</p>
        ) : (
          <iframe
            className={styles.frame}
            title={t('mail:frame')}
            data-testid="mail-frame"
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            referrerPolicy="no-referrer"
            srcDoc={`<base target="_blank">${ownPictures(dark ? atNight(html) : html)}`}
          />
        )}
      </div>
    </div>
  )
}
