import { Input, InputNumber, Segmented, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { type CouponDefinition, couponKinds, couponSupplies } from '../../../shared/coupons/definition.ts'
import { kindWords } from '../../../shared/coupons/say.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Field } from '../../ui/fields/Field.tsx'
import { MoneyInput } from '../../ui/fields/inputs.tsx'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import styles from './coupons.module.css'

/** What is asked of each kind beside the rest, as it begins. */
const begins = {
  amount: { value: 2000, percent: null },
  percent: { value: 0, percent: 20 },
  gift: { value: 0, percent: null },
  shipping: { value: 0, percent: null },
} as const satisfies Record<CouponDefinition['kind'], Pick<CouponDefinition, 'value' | 'percent'>>

export interface FormProps {
  readonly draft: CouponDefinition
  readonly change: (part: Partial<CouponDefinition>) => void
}

export function Names({
  draft,
  change,
  isNew,
  suggested,
}: FormProps & { isNew: boolean; suggested: string }) {
  const { t } = useTranslation('coupons')
  return (
    <div className={styles.pair}>
      <Field label={t('fields.name')}>
        {(id) => (
          <LocalTextInput
            id={id}
            value={draft.name}
            placeholder={t('fields.namePlaceholder')}
            onChange={(name) => change({ name })}
          />
        )}
      </Field>
      {isNew ? (
        <Field label={t('fields.key')} hint={t('fields.keyHint')}>
          {(id) => (
            <Input
              id={id}
              maxLength={64}
              placeholder={suggested}
              value={draft.key}
              onChange={(event) => change({ key: event.target.value.trim() })}
              data-testid="coupon-key"
            />
          )}
        </Field>
      ) : null}
    </div>
  )
}

export function Worth({ draft, change }: FormProps) {
  const { t } = useTranslation('coupons')
  const { locale } = useLocale()
  const { kind } = draft
  return (
    <>
      <Field label={t('fields.kind')}>
        <Segmented
          value={kind}
          aria-label={t('fields.kind')}
          options={couponKinds.map((value) => ({ value, label: kindWords[value][locale] }))}
          onChange={(next) => change({ kind: next, ...begins[next] })}
        />
      </Field>
      <div className={styles.pair}>
        {kind === 'amount' || kind === 'gift' ? (
          <Field label={t(kind === 'gift' ? 'fields.cost' : 'fields.value')}>
            <MoneyInput
              value={draft.value}
              aria-label={t(kind === 'gift' ? 'fields.cost' : 'fields.value')}
              onChange={(value) => change({ value })}
            />
          </Field>
        ) : null}
        {kind === 'percent' ? (
          <Field label={t('fields.percent')}>
            <InputNumber
              min={1}
              max={100}
              suffix="%"
              controls={false}
              aria-label={t('fields.percent')}
              value={draft.percent}
              onChange={(percent) => change({ percent })}
            />
          </Field>
        ) : null}
        <Field label={t('fields.minSpend')} hint={t('fields.minSpendHint')}>
          <MoneyInput
            value={draft.minSpend}
            aria-label={t('fields.minSpend')}
            onChange={(minSpend) => change({ minSpend })}
          />
        </Field>
      </div>
      <Field label={t('fields.applies')}>
        {(id) => (
          <LocalTextInput
            id={id}
            value={draft.applies ?? {}}
            placeholder={t('fields.appliesPlaceholder')}
            onChange={(applies) => change({ applies: Object.keys(applies).length === 0 ? null : applies })}
          />
        )}
      </Field>
    </>
  )
}

/** A whole number, or none. */
function Optional({
  value,
  most,
  label,
  onChange,
}: {
  value: number | null
  most: number
  label: string
  onChange: (value: number | null) => void
}) {
  return (
    <InputNumber
      min={1}
      max={most}
      precision={0}
      controls={false}
      aria-label={label}
      value={value}
      onChange={(next) => onChange(next)}
    />
  )
}

export function Validity({ draft, change }: FormProps) {
  const { t } = useTranslation('coupons')
  return (
    <Field label={t('fields.valid')} hint={t('fields.validHint')}>
      <div className={styles.pair}>
        <Field label={t('fields.validDays')}>
          <Optional
            value={draft.validDays}
            most={3650}
            label={t('fields.validDays')}
            onChange={(validDays) => change({ validDays })}
          />
        </Field>
        <Field label={t('fields.validFrom')}>
          <DateInput
            value={draft.validFrom ?? ''}
            aria-label={t('fields.validFrom')}
            onChange={(day) => change({ validFrom: day === '' ? null : day })}
          />
        </Field>
        <Field label={t('fields.validUntil')}>
          <DateInput
            value={draft.validUntil ?? ''}
            aria-label={t('fields.validUntil')}
            onChange={(day) => change({ validUntil: day === '' ? null : day })}
          />
        </Field>
      </div>
    </Field>
  )
}

export function Codes({ draft, change }: FormProps) {
  const { t } = useTranslation('coupons')
  return (
    <>
      <Field label={t('fields.supply')} hint={t('fields.supplyHint')}>
        <Segmented
          value={draft.supply}
          aria-label={t('fields.supply')}
          options={couponSupplies.map((value) => ({ value, label: t(`fields.supplies.${value}`) }))}
          onChange={(supply) => change({ supply })}
        />
      </Field>
      <Field label={t('fields.pattern')} hint={t('fields.patternHint')}>
        {(id) => (
          <Input
            id={id}
            maxLength={32}
            className={styles.code ?? ''}
            value={draft.pattern}
            onChange={(event) => change({ pattern: event.target.value.toUpperCase().trim() })}
          />
        )}
      </Field>
      <div className={styles.pair}>
        <Field label={t('fields.perPerson')} hint={t('fields.perPersonHint')}>
          <Optional
            value={draft.perPerson}
            most={100}
            label={t('fields.perPerson')}
            onChange={(perPerson) => change({ perPerson })}
          />
        </Field>
        {draft.supply === 'pool' ? (
          <Field label={t('fields.warnBelow')}>
            <InputNumber
              min={0}
              max={10_000_000}
              precision={0}
              controls={false}
              aria-label={t('fields.warnBelow')}
              value={draft.warnBelow}
              onChange={(warnBelow) => change({ warnBelow: warnBelow ?? 0 })}
            />
          </Field>
        ) : null}
        <Field label={t('fields.remindDays')} hint={t('fields.remindHint')}>
          <Optional
            value={draft.remindDays}
            most={365}
            label={t('fields.remindDays')}
            onChange={(remindDays) => change({ remindDays })}
          />
        </Field>
      </div>
      <Field
        label={t('fields.open')}
        extra={
          <Switch
            size="small"
            checked={draft.open}
            aria-label={t('fields.open')}
            onChange={(open) => change({ open })}
          />
        }
      >
        {null}
      </Field>
    </>
  )
}
