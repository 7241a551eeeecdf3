import { InputNumber, Segmented, Select, Slider } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { limits } from '../../../shared/limits.ts'
import type { BlockKind, BlockOf, MailBlock } from '../../../shared/mail/blocks.ts'
import { Field, Row, Section, Word } from '../../ui/fields/Field.tsx'
import { Address, Choice, type Declare, Said } from './controls.tsx'
import styles from './mail.module.css'

type Form<K extends BlockKind> = (props: {
  block: BlockOf<K>
  /** `field` joins changes that are undone together. */
  change: (block: MailBlock, field: string, declare?: Declare) => void
}) => ReactNode

const aligns = ['left', 'center', 'right'] as const

function Align<B extends Extract<MailBlock, { align: unknown }>>({
  block,
  change,
}: {
  block: B
  change: (block: B, field: string) => void
}) {
  const { t } = useTranslation('mail')
  return (
    <Field label={t('form.align')}>
      <Segmented
        block
        value={block.align}
        aria-label={t('form.align')}
        options={aligns.map((value) => ({ value, label: t(`form.aligns.${value}`) }))}
        onChange={(align) => change({ ...block, align }, 'align')}
      />
    </Field>
  )
}

function HeadingForm({ block, change }: Parameters<Form<'heading'>>[0]) {
  const { t } = useTranslation('mail')
  return (
    <>
      <Said
        path={`${block.id}.text`}
        label={t('form.text')}
        value={block.text}
        singleLine
        onChange={(text, declare) => change({ ...block, text }, 'text', declare)}
      />
      <Field label={t('form.level')}>
        <Segmented
          block
          value={block.level}
          aria-label={t('form.level')}
          options={[1, 2, 3].map((value) => ({ value, label: t('form.levels', { level: value }) }))}
          onChange={(level) => change({ ...block, level }, 'level')}
        />
      </Field>
      <Align block={block} change={change} />
    </>
  )
}

function TextForm({ block, change }: Parameters<Form<'text'>>[0]) {
  const { t } = useTranslation('mail')
  return (
    <>
      <Said
        path={`${block.id}.text`}
        label={t('form.text')}
        value={block.text}
        onChange={(text, declare) => change({ ...block, text }, 'text', declare)}
      />
      <p className={styles.hint}>{t('form.marks')}</p>
      <Field label={t('form.size')}>
        <Segmented
          block
          value={block.size}
          aria-label={t('form.size')}
          options={(['small', 'normal', 'large'] as const).map((value) => ({
            value,
            label: t(`form.sizes.${value}`),
          }))}
          onChange={(size) => change({ ...block, size }, 'size')}
        />
      </Field>
      <Align block={block} change={change} />
    </>
  )
}

function ImageForm({ block, change }: Parameters<Form<'image'>>[0]) {
  const { t } = useTranslation('mail')
  return (
    <>
      <Address
        label={t('form.src')}
        hint={t('form.srcHint')}
        value={block.src}
        testId="mail-src"
        onChange={(src) => change({ ...block, src }, 'src')}
      />
      <Said
        path={`${block.id}.alt`}
        label={t('form.alt')}
        value={block.alt}
        singleLine
        onChange={(alt, declare) => change({ ...block, alt }, 'alt', declare)}
      />
      <Address
        label={t('form.imageHref')}
        value={block.href}
        testId="mail-href"
        onChange={(href) => change({ ...block, href }, 'href')}
      />
      <Field label={t('form.width', { width: block.width })}>
        <Slider
          min={40}
          max={600}
          step={4}
          value={block.width}
          onChange={(width) => change({ ...block, width }, 'width')}
        />
      </Field>
      <Choice
        label={t('form.rounded')}
        value={block.rounded}
        onChange={(rounded) => change({ ...block, rounded }, 'rounded')}
      />
      <Align block={block} change={change} />
    </>
  )
}

function ButtonForm({ block, change }: Parameters<Form<'button'>>[0]) {
  const { t } = useTranslation('mail')
  return (
    <>
      <Said
        path={`${block.id}.label`}
        label={t('form.label')}
        value={block.label}
        singleLine
        onChange={(label, declare) => change({ ...block, label }, 'label', declare)}
      />
      <Address
        label={t('form.href')}
        hint={t('form.hrefHint')}
        value={block.href}
        testId="mail-href"
        onChange={(href) => change({ ...block, href }, 'href')}
      />
      <Choice
        label={t('form.wide')}
        value={block.wide}
        onChange={(wide) => change({ ...block, wide }, 'wide')}
      />
      <Align block={block} change={change} />
    </>
  )
}

function ColumnsForm({ block, change }: Parameters<Form<'columns'>>[0]) {
  const { t } = useTranslation('mail')
  const resize = (count: number) =>
    change(
      {
        ...block,
        // What stands in columns that go moves into the last that stays.
        columns: Array.from({ length: count }, (_none, at) =>
          at === count - 1 ? block.columns.slice(at).flat() : (block.columns[at] ?? []),
        ),
      },
      'columns',
    )
  return (
    <>
      <Field label={t('form.columns')}>
        <Segmented
          block
          value={block.columns.length}
          aria-label={t('form.columns')}
          options={[2, 3, 4]}
          onChange={resize}
        />
      </Field>
      <Choice
        label={t('form.together')}
        value={block.together}
        onChange={(together) => change({ ...block, together }, 'together')}
      />
    </>
  )
}

function ProductForm({ block, change }: Parameters<Form<'product'>>[0]) {
  const { t } = useTranslation('mail')
  const places = Array.from({ length: limits.picksShown.value }, (_none, pick) => pick)
  return (
    <>
      <p className={styles.hint}>{t('form.productHint')}</p>
      <Field label={t('form.pick')}>
        {(field) => (
          <Select
            id={field}
            value={block.pick}
            options={places.map((pick) => ({ value: pick, label: t('form.picks', { place: pick + 1 }) }))}
            onChange={(pick) => change({ ...block, pick }, 'pick')}
          />
        )}
      </Field>
      <Field label={t('form.layout')}>
        <Segmented
          block
          value={block.layout}
          aria-label={t('form.layout')}
          options={(['stacked', 'beside'] as const).map((value) => ({
            value,
            label: t(`form.layouts.${value}`),
          }))}
          onChange={(layout) => change({ ...block, layout }, 'layout')}
        />
      </Field>
      <Choice
        label={t('form.price')}
        value={block.price}
        onChange={(price) => change({ ...block, price }, 'price')}
      />
      <Choice
        label={t('form.reason')}
        value={block.reason}
        onChange={(reason) => change({ ...block, reason }, 'reason')}
      />
      <Said
        path={`${block.id}.label`}
        label={t('form.label')}
        value={block.label}
        singleLine
        onChange={(label, declare) => change({ ...block, label }, 'label', declare)}
      />
    </>
  )
}

function CouponForm({ block, change }: Parameters<Form<'coupon'>>[0]) {
  const { t } = useTranslation('mail')
  return (
    <>
      <p className={styles.hint}>{t('form.couponHint')}</p>
      <Said
        path={`${block.id}.title`}
        label={t('form.couponTitle')}
        value={block.title}
        singleLine
        onChange={(title, declare) => change({ ...block, title }, 'title', declare)}
      />
      <Said
        path={`${block.id}.note`}
        label={t('form.couponNote')}
        value={block.note}
        singleLine
        onChange={(note, declare) => change({ ...block, note }, 'note', declare)}
      />
    </>
  )
}

function SpacerForm({ block, change }: Parameters<Form<'spacer'>>[0]) {
  const { t } = useTranslation('mail')
  return (
    <Row>
      <Word>{t('form.height')}</Word>
      <InputNumber
        min={4}
        max={200}
        precision={0}
        suffix="px"
        aria-label={t('form.height')}
        value={block.height}
        onChange={(height) => change({ ...block, height: height ?? block.height }, 'height')}
      />
    </Row>
  )
}

function FooterForm({ block, change }: Parameters<Form<'footer'>>[0]) {
  const { t } = useTranslation('mail')
  return (
    <>
      <Said
        path={`${block.id}.text`}
        label={t('form.text')}
        value={block.text}
        onChange={(text, declare) => change({ ...block, text }, 'text', declare)}
      />
      <p className={styles.hint}>{t('form.footerHint')}</p>
    </>
  )
}

const forms: { readonly [K in BlockKind]: Form<K> } = {
  heading: HeadingForm,
  text: TextForm,
  image: ImageForm,
  button: ButtonForm,
  columns: ColumnsForm,
  product: ProductForm,
  coupon: CouponForm,
  divider: () => null,
  spacer: SpacerForm,
  footer: FooterForm,
}

/** What of the selected block is read and changed. */
export function BlockForm({ block, change }: Parameters<Form<BlockKind>>[0]) {
  const { t } = useTranslation('mail')
  // The table has each kind's own form; TypeScript does not join the two by itself.
  const Shown = forms[block.kind] as Form<BlockKind>
  return (
    <Section title={t(`kinds.${block.kind}`)}>
      <Field path={`mail.${block.id}`}>{null}</Field>
      <Shown key={block.id} block={block} change={change} />
    </Section>
  )
}
