import { Segmented, Slider } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailBlock } from '../../../shared/mail/blocks.ts'
import type { WrittenText } from '../../../shared/text.ts'
import { Field } from '../../ui/fields/Field.tsx'
import { Address, Choice, type Declare, Said } from './controls.tsx'
import styles from './mail.module.css'

/** What a part of a form is given: its block, and how one field of it is changed. */
export interface PartProps<B> {
  readonly block: B
  readonly set: (field: string, value: unknown, declare?: Declare) => void
  /** Several fields at once, under the name of one of them. */
  readonly change: (block: MailBlock, field: string) => void
}

/** One thing that a block's form reads and changes. */
export interface Part<B> {
  readonly name: string
  readonly Show: (props: PartProps<B>) => ReactNode
}

type With<F extends string, V> = { readonly id: string } & { readonly [K in F]: V }

type TextLabel = 'text' | 'alt' | 'label' | 'couponTitle' | 'couponNote'

/** Words in both languages. */
export function said<F extends string>(
  field: F,
  label: TextLabel,
  { singleLine = true }: { singleLine?: boolean } = {},
): Part<With<F, WrittenText>> {
  return {
    name: field,
    Show({ block, set }) {
      const { t } = useTranslation('mail')
      return (
        <Said
          path={`${block.id}.${field}`}
          label={t(`form.${label}`)}
          value={block[field]}
          singleLine={singleLine}
          onChange={(text, declare) => set(field, text, declare)}
        />
      )
    },
  }
}

/** A line that explains what stands above it. */
export function hint(which: 'marks' | 'productHint' | 'couponHint' | 'footerHint'): Part<unknown> {
  return {
    name: which,
    Show() {
      const { t } = useTranslation('mail')
      return <p className={styles.hint}>{t(`form.${which}`)}</p>
    },
  }
}

/** Where something leads. */
export function leads<F extends string>(
  field: F,
  label: 'href' | 'imageHref',
  hinted?: 'hrefHint',
): Part<With<F, string>> {
  return {
    name: field,
    Show({ block, set }) {
      const { t } = useTranslation('mail')
      return (
        <Address
          label={t(`form.${label}`)}
          {...(hinted === undefined ? {} : { hint: t(`form.${hinted}`) })}
          value={block[field]}
          testId="mail-href"
          onChange={(href) => set(field, href)}
        />
      )
    },
  }
}

/** Yes or no. */
export function whether<F extends 'rounded' | 'wide' | 'together' | 'price' | 'reason'>(
  field: F,
): Part<With<F, boolean>> {
  return {
    name: field,
    Show({ block, set }) {
      const { t } = useTranslation('mail')
      return (
        <Choice label={t(`form.${field}`)} value={block[field]} onChange={(value) => set(field, value)} />
      )
    },
  }
}

const wordsOf = {
  align: ['aligns', 'left', 'center', 'right'],
  size: ['sizes', 'small', 'normal', 'large'],
  layout: ['layouts', 'stacked', 'beside'],
} as const satisfies Partial<Record<keyof Extract<MailBlock, { kind: 'text' }> | 'layout', readonly string[]>>

/** One of a few, side by side. */
export function among<F extends keyof typeof wordsOf>(field: F): Part<With<F, string>> {
  const [group, ...values] = wordsOf[field]
  return {
    name: field,
    Show({ block, set }) {
      const { t } = useTranslation('mail')
      const label = t(`form.${field}`)
      return (
        <Field label={label}>
          <Segmented<string>
            block
            value={block[field]}
            aria-label={label}
            // Group and value are of one line of the table above.
            options={values.map((value) => ({
              value,
              label: t(`form.${group}.${value}` as 'form.aligns.left'),
            }))}
            onChange={(value) => set(field, value)}
          />
        </Field>
      )
    },
  }
}

/** How large a heading is. */
export const level: Part<With<'level', number>> = {
  name: 'level',
  Show({ block, set }) {
    const { t } = useTranslation('mail')
    return (
      <Field label={t('form.level')}>
        <Segmented
          block
          value={block.level}
          aria-label={t('form.level')}
          options={[1, 2, 3].map((value) => ({ value, label: t('form.levels', { level: value }) }))}
          onChange={(value) => set('level', value)}
        />
      </Field>
    )
  },
}

/** How wide a picture is. */
export const width: Part<With<'width', number>> = {
  name: 'width',
  Show({ block, set }) {
    const { t } = useTranslation('mail')
    return (
      <Field label={t('form.width', { width: block.width })}>
        <Slider min={40} max={600} step={4} value={block.width} onChange={(value) => set('width', value)} />
      </Field>
    )
  },
}
