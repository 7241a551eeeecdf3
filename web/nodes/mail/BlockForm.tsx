import { InputNumber, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { limits } from '../../../shared/limits.ts'
import type { BlockKind, BlockOf, MailBlock } from '../../../shared/mail/blocks.ts'
import { isBlank } from '../../../shared/text.ts'
import { Field, Row, Section, Word } from '../../ui/fields/Field.tsx'
import { PicturePicker } from '../send/PicturePicker.tsx'
import { Address, type Declare } from './controls.tsx'
import { among, hint, leads, level, type Part, said, whether, width } from './parts.tsx'

/** Where a picture is: an address, or one of the brand's own, which brings its words and its width along. */
const picture: Part<BlockOf<'image'>> = {
  name: 'src',
  Show({ block, set, change }) {
    const { t } = useTranslation('mail')
    return (
      <Address
        label={t('form.src')}
        hint={t('form.srcHint')}
        value={block.src}
        testId="mail-src"
        extra={
          <PicturePicker
            onPick={({ url, alt, width: wide }) =>
              change(
                {
                  ...block,
                  src: url,
                  alt: isBlank(block.alt) ? alt : block.alt,
                  width: Math.max(16, Math.min(block.width, wide)),
                },
                'src',
              )
            }
          />
        }
        onChange={(src) => set('src', src)}
      />
    )
  },
}

const columns: Part<BlockOf<'columns'>> = {
  name: 'columns',
  Show({ block, set }) {
    const { t } = useTranslation('mail')
    const resize = (count: number) =>
      set(
        'columns',
        // What stands in columns that go moves into the last that stays.
        Array.from({ length: count }, (_none, at) =>
          at === count - 1 ? block.columns.slice(at).flat() : (block.columns[at] ?? []),
        ),
      )
    return (
      <Field label={t('form.columns')}>
        <Segmented
          block
          value={block.columns.length}
          aria-label={t('form.columns')}
          options={[2, 3, 4]}
          onChange={resize}
        />
      </Field>
    )
  },
}

const places = Array.from({ length: limits.picksShown.value }, (_none, pick) => pick)

const pick: Part<BlockOf<'product'>> = {
  name: 'pick',
  Show({ block, set }) {
    const { t } = useTranslation('mail')
    return (
      <Field label={t('form.pick')}>
        {(field) => (
          <Select
            id={field}
            value={block.pick}
            options={places.map((place) => ({ value: place, label: t('form.picks', { place: place + 1 }) }))}
            onChange={(value) => set('pick', value)}
          />
        )}
      </Field>
    )
  },
}

const height: Part<BlockOf<'spacer'>> = {
  name: 'height',
  Show({ block, set }) {
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
          onChange={(value) => set('height', value ?? block.height)}
        />
      </Row>
    )
  },
}

/** What of each kind is read and changed, from above. */
const forms: { readonly [K in BlockKind]: readonly Part<BlockOf<K>>[] } = {
  heading: [said('text', 'text'), level, among('align')],
  text: [said('text', 'text', { singleLine: false }), hint('marks'), among('size'), among('align')],
  image: [picture, said('alt', 'alt'), leads('href', 'imageHref'), width, whether('rounded'), among('align')],
  button: [said('label', 'label'), leads('href', 'href', 'hrefHint'), whether('wide'), among('align')],
  columns: [columns, whether('together')],
  product: [
    hint('productHint'),
    pick,
    among('layout'),
    whether('price'),
    whether('reason'),
    said('label', 'label'),
  ],
  coupon: [hint('couponHint'), said('title', 'couponTitle'), said('note', 'couponNote')],
  divider: [],
  spacer: [height],
  footer: [said('text', 'text', { singleLine: false }), hint('footerHint')],
}

/** What of the selected block is read and changed. */
export function BlockForm({
  block,
  change,
}: {
  block: MailBlock
  /** `field` joins changes that are undone together. */
  change: (block: MailBlock, field: string, declare?: Declare) => void
}) {
  const { t } = useTranslation('mail')
  // The table has each kind's own parts; TypeScript does not join the two by itself.
  const parts = forms[block.kind] as readonly Part<MailBlock>[]
  return (
    <Section title={t(`kinds.${block.kind}`)}>
      <Field path={`mail.${block.id}`}>{null}</Field>
      {parts.map(({ name, Show }) => (
        <Show
          key={`${block.id}.${name}`}
          block={block}
          change={change}
          set={(field, value, declare) =>
            change(Object.assign({}, block, { [field]: value }), field, declare)
          }
        />
      ))}
    </Section>
  )
}
