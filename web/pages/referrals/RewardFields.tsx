import { Button, Input, InputNumber, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { couponList } from '../../../shared/api/coupons.ts'
import type { Reward } from '../../../shared/referrals/definition.ts'
import { useApiQuery } from '../../api/query.ts'
import { Field } from '../../ui/fields/Field.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import type { FormProps } from './ReferralFields.tsx'
import styles from './referrals.module.css'

/** A coupon of the brand's, or none. */
function CouponChoice({
  value,
  label,
  onChange,
}: {
  value: string | null
  label: string
  onChange: (coupon: string | null) => void
}) {
  const { t } = useTranslation('referrals')
  const format = useFormat()
  const coupons = useApiQuery('/coupons', couponList).data?.coupons ?? []
  const options = coupons.map(({ coupon: { key, name } }) => ({ value: key, label: format.text(name) }))
  const gone = value !== null && !options.some((one) => one.value === value)
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={t('rewards.noCoupon')}
      value={value}
      options={gone ? [...options, { value, label: value }] : options}
      onChange={(coupon: string | undefined) => onChange(coupon ?? null)}
    />
  )
}

/** What one side gets. */
function RewardOf({ of, value, onChange }: { of: string; value: Reward; onChange: (value: Reward) => void }) {
  const { t } = useTranslation('referrals')
  return (
    <div className={styles.pair}>
      <Field label={`${of} · ${t('rewards.coupon')}`}>
        <CouponChoice
          value={value.coupon}
          label={`${of} · ${t('rewards.coupon')}`}
          onChange={(coupon) => onChange({ ...value, coupon })}
        />
      </Field>
      <Field label={`${of} · ${t('rewards.tag')}`}>
        {(id) => (
          <Input
            id={id}
            maxLength={100}
            placeholder={t('rewards.noTag')}
            value={value.tag ?? ''}
            onChange={({ target }) => onChange({ ...value, tag: target.value === '' ? null : target.value })}
          />
        )}
      </Field>
    </div>
  )
}

/** What both sides get, and what is given once for so many. */
export function Rewards({ draft, change }: FormProps) {
  const { t } = useTranslation('referrals')
  const { tiers } = draft
  const set = (at: number, part: Partial<(typeof tiers)[number]>) =>
    change({ tiers: tiers.map((one, place) => (place === at ? { ...one, ...part } : one)) })
  const more = () => {
    const count = tiers.length === 0 ? 3 : Math.max(...tiers.map((one) => one.count)) + 2
    change({ tiers: [...tiers, { count, coupon: null, tag: null }] })
  }
  return (
    <>
      <h3 className={styles.part}>{t('rewards.title')}</h3>
      <p className={styles.note}>{t('rewards.about')}</p>
      <RewardOf of={t('rewards.invited')} value={draft.invited} onChange={(invited) => change({ invited })} />
      <RewardOf of={t('rewards.inviter')} value={draft.inviter} onChange={(inviter) => change({ inviter })} />
      <Field label={t('rewards.tiers')} hint={t('rewards.tiersHint')}>
        <div>
          {tiers.map((tier, at) => (
            // Tiers have no name of their own: each is its place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <div key={at} className={styles.tier}>
              <InputNumber
                min={1}
                max={10_000}
                precision={0}
                controls={false}
                suffix={t('rewards.people')}
                aria-label={t('rewards.count')}
                value={tier.count}
                onChange={(count) => set(at, { count: count ?? 1 })}
              />
              <CouponChoice
                value={tier.coupon}
                label={t('rewards.coupon')}
                onChange={(coupon) => set(at, { coupon })}
              />
              <Input
                aria-label={t('rewards.tag')}
                maxLength={100}
                placeholder={t('rewards.noTag')}
                value={tier.tag ?? ''}
                onChange={({ target }) => set(at, { tag: target.value === '' ? null : target.value })}
              />
              <Button
                type="text"
                icon={<Trash2 size={14} />}
                aria-label={t('rewards.drop')}
                onClick={() => change({ tiers: tiers.filter((_, place) => place !== at) })}
              />
            </div>
          ))}
          <Button size="small" icon={<Plus size={13} />} onClick={more} disabled={tiers.length >= 20}>
            {t('rewards.add')}
          </Button>
        </div>
      </Field>
    </>
  )
}
