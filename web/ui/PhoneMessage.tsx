import { Modal } from 'antd'
import { BellRing, Mail, UserRound, Webhook } from 'lucide-react'
import { type ComponentType, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Content, channels, type RenderedAttachment } from '../../shared/channels/index.ts'
import { Attachments } from './Attachments.tsx'
import { ownPictures } from './own-pictures.ts'
import styles from './PhoneMessage.module.css'
import { useFormat } from './useFormat.ts'

/** A message as a phone shows it; `html` is the body of an e-mail. */
export interface PhoneMessageProps {
  channel: string
  direction?: 'out' | 'in'
  subject?: string | null
  text: string
  html?: string | null
  attachments?: readonly RenderedAttachment[]
}

/** What a channel's messages look like; one that is not in the list looks like a plain text. */
export function contentOf(channel: string): Content {
  return channels.find(({ id }) => id === channel)?.content ?? 'text'
}

/** A channel's name in the reader's language; its id where it is not in the list. */
export function useChannelName(): (channel: string) => string {
  const format = useFormat()
  return (channel) => {
    const known = channels.find(({ id }) => id === channel)
    return known ? format.text(known.name) : channel
  }
}

/** One message in the style of its channel: a bubble, an e-mail's card, an app's notice, or data. */
export function PhoneMessage({
  channel,
  direction = 'out',
  subject,
  text,
  html,
  attachments = [],
}: PhoneMessageProps) {
  const name = useChannelName()
  if (direction === 'in') return <div className={`${styles.bubble} ${styles.mine}`}>{text}</div>
  const Shown = looks[contentOf(channel)]
  return (
    <Shown
      name={name(channel)}
      subject={subject ?? null}
      text={text}
      html={html ?? null}
      attachments={attachments}
    />
  )
}

interface Shown {
  name: string
  subject: string | null
  text: string
  html: string | null
  attachments: readonly RenderedAttachment[]
}

function Bubble({ text, attachments }: Shown) {
  return (
    <>
      {text === '' ? null : <div className={styles.bubble}>{withLinks(text)}</div>}
      <Attachments list={attachments} />
    </>
  )
}

/** As a messenger shows it: whoever writes has a face, and a name with the house behind it. */
function Talk({ name, text, attachments }: Shown) {
  const { t } = useTranslation()
  return (
    <div className={styles.talk}>
      <span className={styles.face} aria-hidden>
        <UserRound size={18} />
      </span>
      <div className={styles.said}>
        <span className={styles.sender}>
          {t('phone.employee')}
          <em>@{name}</em>
        </span>
        {text === '' ? null : <div className={styles.bubble}>{withLinks(text)}</div>}
        <Attachments list={attachments} />
      </div>
    </div>
  )
}

function Notice({ name, subject, text, attachments }: Shown) {
  return (
    <Framed icon={<BellRing size={13} aria-hidden />} name={name} subject={subject}>
      {text === '' ? null : <div className={styles.body}>{withLinks(text)}</div>}
      <Attachments list={attachments} />
    </Framed>
  )
}

function Data({ name, subject, text }: Shown) {
  return (
    <Framed icon={<Webhook size={13} aria-hidden />} name={name} subject={subject}>
      <pre className={styles.data}>{text}</pre>
    </Framed>
  )
}

function Framed({
  icon,
  name,
  subject,
  children,
}: Pick<Shown, 'name' | 'subject'> & { icon: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.card}>
      <div className={styles.app}>
        {icon}
        {name}
      </div>
      {subject ? <strong>{subject}</strong> : null}
      {children}
    </div>
  )
}

function EmailCard({ name, subject, text, html }: Shown) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const title = subject ?? t('phone.noSubject')
  return (
    <>
      <button
        type="button"
        className={`${styles.card} ${styles.email}`}
        onClick={() => setOpen(true)}
        aria-label={`${t('phone.openEmail')} ${title}`}
      >
        <span className={styles.app}>
          <Mail size={13} aria-hidden />
          {name}
        </span>
        <strong>{title}</strong>
        <span className={styles.excerpt}>{text}</span>
        <span className={styles.open}>{t('phone.openEmail')}</span>
      </button>
      <Modal
        open={open}
        title={title}
        footer={null}
        width={680}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        {html === null ? <p className={styles.plain}>{text}</p> : <EmailFrame html={html} />}
      </Modal>
    </>
  )
}

const looks: Readonly<Record<Content, ComponentType<Shown>>> = {
  sms: Bubble,
  email: EmailCard,
  text: Notice,
  chat: Talk,
  json: Data,
}

/** Nothing can act on a picture that does not load in there: over the browser's sign lies what the picture would show. */
const quietPictures = `<style>img{position:relative}img::after{content:attr(alt);position:absolute;inset:-1px;
  display:flex;align-items:center;justify-content:center;overflow:hidden;background:#f1f3f6;
  color:#8a94a6;font:13px/1.4 sans-serif;text-align:center}</style>`

/** The body of an e-mail, kept away from the page: no scripts, no forms, links open outside. */
export function EmailFrame({ html, height = 460 }: { html: string; height?: number }) {
  const { t } = useTranslation()
  return (
    <iframe
      className={styles.frame}
      title={t('phone.emailFrame')}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      style={{ height }}
      srcDoc={`<base target="_blank">${quietPictures}${ownPictures(html)}`}
    />
  )
}

const link = /https?:\/\/[^\s，。；！？）】]+/g

/** The addresses in a text as links, as a phone makes them. */
function withLinks(text: string): ReactNode[] {
  const pieces: ReactNode[] = []
  let from = 0
  for (const { 0: url, index } of text.matchAll(link)) {
    const shown = (
      <a key={index} href={url} target="_blank" rel="noreferrer">
        {url}
      </a>
    )
    pieces.push(text.slice(from, index), shown)
    from = index + url.length
  }
  pieces.push(text.slice(from))
  return pieces
}
