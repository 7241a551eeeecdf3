import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Input, InputNumber, Segmented, Switch } from 'antd'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import { type KeptCoupon, keptCoupon } from '../../../shared/api/coupons.ts'
import {
  type CouponDefinition,
  couponDefinition,
  couponKinds,
  couponSupplies,
} from '../../../shared/coupons/definition.ts'
import { usualPattern } from '../../../shared/coupons/pattern.ts'
import { kindWords } from '../../../shared/coupons/say.ts'
import { placedIssues, sayIssue, sayPath } from '../../../shared/journey/issue.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { suggestKey } from '../../ui/audience-key.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Field } from '../../ui/fields/Field.tsx'
import { MoneyInput } from '../../ui/fields/inputs.tsx'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { LeaveGuard } from '../settings/LeaveGuard.tsx'
import styles from './coupons.module.css'

const blank: CouponDefinition = {
  ...{ key: '', name: {}, kind: 'amount', value: 2000, percent: null, minSpend: 0, applies: null },
  ...{ validDays: 14, validFrom: null, validUntil: null, supply: 'pool', pattern: usualPattern },
  ...{ perPerson: 1, warnBelow: 100, remindDays: 3, open: true },
}

/** What is asked of each kind beside the rest, as it begins. */
const begins = {
  amount: { value: 2000, percent: null },
  percent: { value: 0, percent: 20 },
  gift: { value: 0, percent: null },
  shipping: { value: 0, percent: null },
} as const satisfies Record<CouponDefinition['kind'], Pick<CouponDefinition, 'value' | 'percent'>>

/** A key in small letters, which stays a coupon's where there is no English name. */
const keyFor = (name: CouponDefinition['name']): string =>
  suggestKey(name.en, new Set()).replace(/^audience$/, 'coupon')

interface FormProps {
  readonly draft: CouponDefinition
  readonly change: (part: Partial<CouponDefinition>) => void
}

/** Writes a coupon; codes that customers have stay what they were. */
export function CouponForm({ kept }: { kept: KeptCoupon | null }) {
  const { t } = useTranslation('coupons')
  const notice = useNotice()
  const format = useFormat()
  const path = useBrandPath()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<CouponDefinition>(kept?.coupon ?? blank)
  const [saved, setSaved] = useState({ coupon: kept?.coupon ?? blank, revision: kept?.revision ?? null })
  const [tried, setTried] = useState(false)
  const whole = draft.key === '' ? { ...draft, key: keyFor(draft.name) } : draft
  const read = couponDefinition.safeParse(whole)
  const changed = JSON.stringify(draft) !== JSON.stringify(saved.coupon)
  const take = (answer: KeptCoupon) => {
    setDraft(answer.coupon)
    setSaved({ coupon: answer.coupon, revision: answer.revision })
  }
  const save = useMutation({
    mutationFn: () =>
      api.put(`/coupons/${whole.key}`, keptCoupon, { coupon: whole, revision: saved.revision }),
    onSuccess: (answer) => {
      take(answer)
      notice.done(t('saved', { name: format.text(answer.coupon.name) }))
      void refresh('/coupons')
      if (kept === null) void navigate(path(`coupons/${answer.coupon.key}`), { replace: true })
    },
  })
  const trySave = async (): Promise<boolean> => {
    setTried(true)
    if (!read.success) return false
    return save.mutateAsync().then(
      () => true,
      // The problem above the form says why.
      () => false,
    )
  }
  const change: FormProps['change'] = (part) => setDraft({ ...draft, ...part })
  const stale = save.error !== null && asProblem(save.error).code === 'coupon-stale'
  const reload = async () => {
    take(await api.get(`/coupons/${whole.key}`, keptCoupon))
    save.reset()
  }
  return (
    <Panel>
      {/* A new one leaves for its own page once it is saved. */}
      <LeaveGuard changed={changed && !save.isSuccess} saving={save.isPending} save={trySave} />
      <div className={styles.body}>
        {stale ? (
          <Alert
            type="warning"
            showIcon
            title={t('stale')}
            action={<Button onClick={() => void reload().catch(notice.problem)}>{t('reload')}</Button>}
          />
        ) : save.error ? (
          <ProblemAlert problem={asProblem(save.error)} />
        ) : null}
        {tried && !read.success ? <Issues error={read.error} /> : null}
        <Names draft={draft} change={change} isNew={kept === null} suggested={whole.key} />
        <Worth draft={draft} change={change} />
        <Validity draft={draft} change={change} />
        <Codes draft={draft} change={change} />
        <div className={styles.foot}>
          <Button
            type="primary"
            loading={save.isPending}
            disabled={!changed && kept !== null}
            onClick={() => void trySave()}
            data-testid="save-coupon"
          >
            {t('save')}
          </Button>
          {kept === null || kept.figures.handedOut > 0 ? null : <Remove kept={kept} />}
        </div>
      </div>
    </Panel>
  )
}

/** What is missing before it can be saved. */
function Issues({ error }: { error: z.ZodError }) {
  const { t } = useTranslation('coupons')
  const { locale } = useLocale()
  return (
    <Alert
      type="warning"
      showIcon
      title={t('issues')}
      description={
        <ul className={styles.issues} data-testid="coupon-issues">
          {placedIssues(error).map(({ path, issue }) => {
            const place = sayPath(path)
            const said = sayIssue(issue)[locale]
            return (
              <li key={`${place} ${said}`}>
                <code>{place}</code> {said}
              </li>
            )
          })}
        </ul>
      }
    />
  )
}

function Names({ draft, change, isNew, suggested }: FormProps & { isNew: boolean; suggested: string }) {
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

function Worth({ draft, change }: FormProps) {
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

function Validity({ draft, change }: FormProps) {
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

function Codes({ draft, change }: FormProps) {
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

function Remove({ kept: { coupon } }: { kept: KeptCoupon }) {
  const { t } = useTranslation(['coupons', 'common'])
  const { modal } = App.useApp()
  const notice = useNotice()
  const format = useFormat()
  const path = useBrandPath()
  const navigate = useNavigate()
  const name = format.text(coupon.name)
  const ask = () =>
    modal.confirm({
      title: t('removeAsk.title', { name }),
      content: t('removeAsk.text'),
      okText: t('remove'),
      cancelText: t('common:cancel'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await api.delete(`/coupons/${coupon.key}`, z.unknown())
          notice.done(t('deleted', { name }))
          void navigate(path('coupons'))
          await refresh('/coupons')
        } catch (error) {
          notice.problem(error)
        }
      },
    })
  return (
    <Button icon={<Trash2 size={14} />} danger onClick={ask}>
      {t('remove')}
    </Button>
  )
}
