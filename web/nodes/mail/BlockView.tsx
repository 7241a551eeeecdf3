import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BlockKind, BlockOf, MailBlock, MailLook } from '../../../shared/mail/blocks.ts'
import { type Locale, say } from '../../../shared/text.ts'
import { ownPictures } from '../../ui/own-pictures.ts'
import { piecesOf } from '../send/template.ts'
import styles from './blocks.module.css'

interface Seen {
  readonly look: MailLook
  readonly locale: Locale
  readonly nameOf: (path: string) => string
}

/** Words with each value under its name. */
function Words({ text, nameOf }: { text: string; nameOf: Seen['nameOf'] }): ReactNode {
  let at = 0
  return piecesOf(text).map((piece) => {
    const key = at
    at += piece.source.length
    if (piece.kind === 'text') return <Fragment key={key}>{piece.source.replaceAll('**', '')}</Fragment>
    if (piece.kind === 'code')
      return (
        <span key={key} className={styles.value}>
          …
        </span>
      )
    return (
      <span key={key} className={styles.value}>
        {nameOf(piece.path)}
      </span>
    )
  })
}

type View<K extends BlockKind> = (props: { block: BlockOf<K> } & Seen) => ReactNode

const size = { 1: 26, 2: 21, 3: 17 } as const
const letters = { small: 13, normal: 15, large: 18 } as const

function useSaid() {
  const { t } = useTranslation('mail')
  return (text: string, kind: Exclude<BlockKind, 'columns' | 'divider' | 'spacer'>) =>
    text.trim() === '' ? <em className={styles.unsaid}>{t(`unsaid.${kind}`)}</em> : null
}

function HeadingView({ block, locale, nameOf }: { block: BlockOf<'heading'> } & Seen) {
  const unsaid = useSaid()
  const text = say(block.text, locale)
  const fontSize = size[block.level as keyof typeof size]
  return (
    <div style={{ textAlign: block.align, fontSize, fontWeight: 700, lineHeight: 1.35 }}>
      {unsaid(text, 'heading') ?? <Words text={text} nameOf={nameOf} />}
    </div>
  )
}

function TextView({ block, locale, nameOf }: { block: BlockOf<'text'> } & Seen) {
  const unsaid = useSaid()
  const text = say(block.text, locale)
  return (
    <div
      style={{
        textAlign: block.align,
        fontSize: letters[block.size],
        lineHeight: 1.7,
        whiteSpace: 'pre-wrap',
      }}
    >
      {unsaid(text, 'text') ?? <Words text={text} nameOf={nameOf} />}
    </div>
  )
}

function ImageView({ block, locale }: { block: BlockOf<'image'> } & Seen) {
  const unsaid = useSaid()
  const radius = block.rounded ? 12 : 0
  const src = ownPictures(block.src)
  const shown = src !== block.src || /^https:\/\/[^{]+$/.test(src)
  return (
    <div style={{ textAlign: block.align }}>
      {shown ? (
        <img
          src={src}
          alt={say(block.alt, locale)}
          style={{ width: block.width, maxWidth: '100%', borderRadius: radius }}
          referrerPolicy="no-referrer"
          draggable={false}
        />
      ) : (
        <div className={styles.picture} style={{ width: block.width, borderRadius: radius }}>
          {say(block.alt, locale) || unsaid('', 'image')}
        </div>
      )}
    </div>
  )
}

function ButtonView({ block, locale, look, nameOf }: { block: BlockOf<'button'> } & Seen) {
  const unsaid = useSaid()
  const text = say(block.label, locale)
  return (
    <div style={{ textAlign: block.align }}>
      <span
        className={styles.buttonLook}
        style={{ background: look.accent, display: block.wide ? 'block' : 'inline-block' }}
      >
        {unsaid(text, 'button') ?? <Words text={text} nameOf={nameOf} />}
      </span>
    </div>
  )
}

function ProductView({ block, locale, look }: { block: BlockOf<'product'> } & Seen) {
  const { t } = useTranslation('mail')
  const text = say(block.label, locale)
  return (
    <div className={block.layout === 'beside' ? styles.beside : styles.stacked}>
      <div className={styles.picture}>{t('product.picture', { place: block.pick + 1 })}</div>
      <div className={styles.told}>
        <strong>
          <span className={styles.value}>{t('product.name', { place: block.pick + 1 })}</span>
        </strong>
        {block.price ? <span style={{ color: look.accent }}>{t('product.price')}</span> : null}
        {block.reason ? <small>{t('product.reason')}</small> : null}
        <span className={styles.buttonLook} style={{ background: look.accent }}>
          {text}
        </span>
      </div>
    </div>
  )
}

function CouponView({ block, locale, look, nameOf }: { block: BlockOf<'coupon'> } & Seen) {
  const unsaid = useSaid()
  const title = say(block.title, locale)
  return (
    <div className={styles.coupon} style={{ borderColor: look.accent }}>
      <span>{unsaid(title, 'coupon') ?? <Words text={title} nameOf={nameOf} />}</span>
      <strong style={{ color: look.accent }}>
        <Words text="{{ coupon.value }}" nameOf={nameOf} />
      </strong>
      <code>
        <Words text="{{ coupon.code }}" nameOf={nameOf} />
      </code>
      <small>
        <Words text={say(block.note, locale)} nameOf={nameOf} />
      </small>
    </div>
  )
}

function FooterView({ block, locale, nameOf }: { block: BlockOf<'footer'> } & Seen) {
  const { t } = useTranslation('mail')
  return (
    <div className={styles.footer}>
      <span>
        <Words text={say(block.text, locale)} nameOf={nameOf} />
      </span>
      <u>{t('unsubscribe')}</u>
    </div>
  )
}

const views: { readonly [K in Exclude<BlockKind, 'columns'>]: View<K> } = {
  heading: HeadingView,
  text: TextView,
  image: ImageView,
  button: ButtonView,
  product: ProductView,
  coupon: CouponView,
  divider: () => <hr className={styles.divider} />,
  spacer: ({ block }) => <div className={styles.spacer} style={{ height: block.height }} />,
  footer: FooterView,
}

/** A block as it stands in the editor; the preview shows the mail itself. */
export function BlockView({ block, ...seen }: { block: Exclude<MailBlock, { kind: 'columns' }> } & Seen) {
  // The table has each kind's own view; TypeScript does not join the two by itself.
  const View = views[block.kind] as View<Exclude<BlockKind, 'columns'>>
  return <View block={block} {...seen} />
}
