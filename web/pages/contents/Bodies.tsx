import { Input, InputNumber } from 'antd'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContentKind } from '../../../shared/contents/content.ts'
import { currencySign, minorUnits } from '../../../shared/money.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Field } from '../../ui/fields/Field.tsx'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './contents.module.css'
import type { Fields } from './draft.ts'

export interface BodyProps {
  readonly body: Fields
  readonly onChange: (body: Fields) => void
}

const example = "{{ customer.name | default: '朋友' }}"

function TextBody({ body, onChange }: BodyProps) {
  const { t } = useTranslation('contents')
  return (
    <Field label={t('fields.text')} hint={t('fields.textHint', { example })}>
      {(id) => (
        <LocalTextInput
          id={id}
          rows={2}
          aria-label={t('fields.text')}
          value={body.text}
          onChange={(text) => onChange({ ...body, text })}
        />
      )}
    </Field>
  )
}

function ImageBody({ body, onChange }: BodyProps) {
  const { t } = useTranslation('contents')
  const size = (side: 'width' | 'height') => (
    <Field label={t(`fields.${side}`)}>
      {(id) => (
        <InputNumber
          id={id}
          min={1}
          max={10_000}
          precision={0}
          value={body[side] ?? null}
          onChange={(value) => onChange({ ...body, [side]: value })}
        />
      )}
    </Field>
  )
  return (
    <>
      <AddressField name="image" body={body} onChange={onChange} />
      <Field label={t('fields.alt')}>
        {(id) => <LocalTextInput id={id} value={body.alt} onChange={(alt) => onChange({ ...body, alt })} />}
      </Field>
      <div className={styles.pair}>
        {size('width')}
        {size('height')}
      </div>
    </>
  )
}

/** A web address. */
function AddressField({ name, body, onChange }: BodyProps & { name: 'image' | 'link' }) {
  const { t } = useTranslation('contents')
  return (
    <Field label={t(`fields.${name}`)}>
      {(id) => (
        <Input
          id={id}
          type="url"
          placeholder="https://"
          value={body[name] ?? ''}
          onChange={(event) => onChange({ ...body, [name]: event.target.value.trim() })}
        />
      )}
    </Field>
  )
}

function LinkBody({ body, onChange }: BodyProps) {
  const { t } = useTranslation('contents')
  return (
    <>
      <AddressField name="link" body={body} onChange={onChange} />
      <Field label={t('fields.label')}>
        {(id) => (
          <LocalTextInput id={id} value={body.label} onChange={(label) => onChange({ ...body, label })} />
        )}
      </Field>
      <div className={styles.pair}>
        <Field label={t('fields.until')} hint={t('fields.linkUntilHint')}>
          {(id) => (
            <DateInput
              id={id}
              value={body.until ?? ''}
              aria-label={t('fields.until')}
              onChange={(until) => onChange({ ...body, until: until === '' ? null : until })}
            />
          )}
        </Field>
        <Field label={t('fields.after')} hint={t('fields.afterHint')}>
          {(id) => (
            <Input
              id={id}
              type="url"
              placeholder="https://"
              value={body.after ?? ''}
              onChange={({ target: { value } }) =>
                onChange({ ...body, after: value.trim() === '' ? null : value.trim() })
              }
            />
          )}
        </Field>
      </div>
    </>
  )
}

function OfferBody({ body, onChange }: BodyProps) {
  const { t } = useTranslation('contents')
  const { currency } = useFormat()
  const day = (end: 'from' | 'until') => (
    <Field label={t(`fields.${end}`)}>
      {(id) => (
        <DateInput
          id={id}
          value={body[end] ?? ''}
          aria-label={t(`fields.${end}`)}
          onChange={(value) => onChange({ ...body, [end]: value === '' ? null : value })}
        />
      )}
    </Field>
  )
  return (
    <>
      <Field label={t('fields.offerName')}>
        {(id) => (
          <LocalTextInput id={id} value={body.name} onChange={(name) => onChange({ ...body, name })} />
        )}
      </Field>
      <Field label={t('fields.description')}>
        {(id) => (
          <LocalTextInput
            id={id}
            rows={1}
            value={body.description ?? {}}
            onChange={(description) =>
              onChange({ ...body, description: Object.keys(description).length === 0 ? null : description })
            }
          />
        )}
      </Field>
      <div className={styles.pair}>
        <Field label={t('fields.code')}>
          {(id) => (
            <Input
              id={id}
              maxLength={100}
              value={body.code ?? ''}
              onChange={({ target: { value } }) =>
                onChange({ ...body, code: value.trim() === '' ? null : value })
              }
            />
          )}
        </Field>
        <Field label={t('fields.value')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              controls={false}
              prefix={currencySign(currency).trim()}
              value={body.value == null ? null : body.value / minorUnits(currency)}
              onChange={(value) =>
                onChange({ ...body, value: value === null ? null : Math.round(value * minorUnits(currency)) })
              }
            />
          )}
        </Field>
      </div>
      <div className={styles.pair}>
        {day('from')}
        {day('until')}
      </div>
      <p className={styles.note}>{t('fields.datesHint')}</p>
    </>
  )
}

/** What is filled in for each kind of content. */
export const bodyForms = {
  text: TextBody,
  image: ImageBody,
  link: LinkBody,
  offer: OfferBody,
} as const satisfies Record<ContentKind, ComponentType<BodyProps>>
