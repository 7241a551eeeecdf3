import { ImageOff, Link2 } from 'lucide-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttachmentKind, RenderedAttachment } from '../../shared/channels/index.ts'
import styles from './Attachments.module.css'
import { Picture } from './Picture.tsx'

type Of<K extends AttachmentKind> = Extract<RenderedAttachment, { kind: K }>

function Image({ attachment: { url } }: { attachment: Of<'image'> }) {
  const { t } = useTranslation()
  return <Picture className={styles.image} src={url} alt={t('attachment.image')} />
}

function Link({ attachment: { url, title, description, imageUrl } }: { attachment: Of<'link'> }) {
  return (
    <a className={styles.card} href={url} target="_blank" rel="noreferrer" data-testid="link-card">
      <strong className={styles.title}>{title}</strong>
      <span className={styles.row}>
        <span className={styles.description}>{description === '' ? url : description}</span>
        {imageUrl === null ? (
          <span className={styles.thumb}>
            <Link2 size={18} aria-hidden />
          </span>
        ) : (
          <Picture className={styles.thumb} src={imageUrl} alt="" instead={<NoPicture />} />
        )}
      </span>
    </a>
  )
}

function NoPicture() {
  return (
    <span className={styles.thumb}>
      <ImageOff size={18} aria-hidden />
    </span>
  )
}

function MiniProgram({ attachment: { title, appId, path, imageUrl } }: { attachment: Of<'mini_program'> }) {
  const { t } = useTranslation()
  return (
    <div className={styles.card} title={`${appId} · ${path}`}>
      <strong className={styles.title}>{title}</strong>
      <Picture className={styles.cover} src={imageUrl} alt={title} />
      <span className={styles.foot}>
        <MiniProgramSign />
        {t('attachment.miniProgram')}
      </span>
    </div>
  )
}

/** Two loops, as on every card of a mini-program. */
function MiniProgramSign() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" aria-hidden="true">
      <circle cx="4" cy="8" r="2.6" />
      <circle cx="8" cy="4" r="2.6" />
    </svg>
  )
}

const looks: { readonly [K in AttachmentKind]: ComponentType<{ attachment: Of<K> }> } = {
  image: Image,
  link: Link,
  mini_program: MiniProgram,
}

function Look<K extends AttachmentKind>({ attachment }: { attachment: Of<K> & { readonly kind: K } }) {
  const Shown: ComponentType<{ attachment: Of<K> }> = looks[attachment.kind]
  return <Shown attachment={attachment} />
}

/** Pictures and cards beside a message's text, in the order in which they come. */
export function Attachments({ list }: { list: readonly RenderedAttachment[] }) {
  if (list.length === 0) return null
  return (
    <div className={styles.list} data-testid="attachments">
      {list.map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was sent keeps its order
        <Look key={index} attachment={attachment} />
      ))}
    </div>
  )
}
