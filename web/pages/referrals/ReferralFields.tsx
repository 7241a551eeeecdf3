import { Input, InputNumber, Segmented, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { asked, type ReferralDefinition, whoCounts } from '../../../shared/referrals/definition.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Field } from '../../ui/fields/Field.tsx'
import { MoneyInput } from '../../ui/fields/inputs.tsx'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import styles from './referrals.module.css'

export interface FormProps {
  readonly draft: ReferralDefinition
  readonly change: (part: Partial<ReferralDefinition>) => void
}

export function Names({
  draft,
  change,
  isNew,
  suggested,
}: FormProps & { isNew: boolean; suggested: string }) {
  const { t } = useTranslation('referrals')
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
              data-testid="referral-key"
            />
          )}
        </Field>
      ) : null}
    </div>
  )
}

/** When, who counts, and what they have to do. */
export function Rules({ draft, change }: FormProps) {
  const { t } = useTranslation('referrals')
  return (
    <>
      <div className={styles.pair}>
        <Field label={t('fields.from')}>
          <DateInput
            value={draft.from ?? ''}
            aria-label={t('fields.from')}
            onChange={(day) => change({ from: day === '' ? null : day })}
          />
        </Field>
        <Field label={t('fields.until')}>
          <DateInput
            value={draft.until ?? ''}
            aria-label={t('fields.until')}
            onChange={(day) => change({ until: day === '' ? null : day })}
          />
        </Field>
        <Field label={t('fields.open')}>
          {(id) => (
            <div>
              <Switch id={id} checked={draft.open} onChange={(open) => change({ open })} />
            </div>
          )}
        </Field>
      </div>
      <Field label={t('fields.counts')} hint={t('fields.countsHint')}>
        <Segmented
          value={draft.counts}
          aria-label={t('fields.counts')}
          options={whoCounts.map((value) => ({ value, label: t(`fields.who.${value}`) }))}
          onChange={(counts) => change({ counts })}
        />
      </Field>
      <Field
        label={t('fields.asks')}
        hint={t(draft.asks === 'join' ? 'fields.joinHint' : 'fields.orderHint')}
      >
        <Segmented
          value={draft.asks}
          aria-label={t('fields.asks')}
          options={asked.map((value) => ({ value, label: t(`fields.does.${value}`) }))}
          onChange={(asks) => change({ asks })}
        />
      </Field>
      <div className={styles.pair}>
        {draft.asks === 'order' ? (
          <Field label={t('fields.minOrder')} hint={t('fields.minOrderHint')}>
            <MoneyInput
              value={draft.minOrder}
              aria-label={t('fields.minOrder')}
              onChange={(minOrder) => change({ minOrder })}
            />
          </Field>
        ) : null}
        <Field label={t('fields.most')} hint={t('fields.mostHint')}>
          <InputNumber
            min={1}
            max={1_000_000}
            precision={0}
            controls={false}
            aria-label={t('fields.most')}
            value={draft.most}
            onChange={(most) => change({ most })}
          />
        </Field>
      </div>
    </>
  )
}
