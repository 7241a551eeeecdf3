import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button } from 'antd'
import { Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import { type KeptCoupon, keptCoupon } from '../../../shared/api/coupons.ts'
import { type CouponDefinition, couponDefinition } from '../../../shared/coupons/definition.ts'
import { usualPattern } from '../../../shared/coupons/pattern.ts'
import { placedIssues, sayIssue, sayPath } from '../../../shared/journey/issue.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { suggestKey } from '../../ui/audience-key.ts'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { LeaveGuard } from '../settings/LeaveGuard.tsx'
import { Codes, type FormProps, Names, Validity, Worth } from './CouponFields.tsx'
import styles from './coupons.module.css'

const blank: CouponDefinition = {
  ...{ key: '', name: {}, kind: 'amount', value: 2000, percent: null, minSpend: 0, applies: null },
  ...{ validDays: 14, validFrom: null, validUntil: null, supply: 'pool', pattern: usualPattern },
  ...{ perPerson: 1, warnBelow: 100, remindDays: 3, open: true },
}

/** A key in small letters, which stays a coupon's where there is no English name. */
const keyFor = (name: CouponDefinition['name']): string =>
  suggestKey(name.en, new Set()).replace(/^audience$/, 'coupon')

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
  // A new one leaves for its own page, once nothing is unsaved that would hold it.
  const made =
    kept === null && saved.revision !== null && !changed ? path(`coupons/${saved.coupon.key}`) : null
  useEffect(() => {
    if (made !== null) void navigate(made, { replace: true })
  }, [made, navigate])
  return (
    <Panel>
      <LeaveGuard changed={changed} saving={save.isPending} save={trySave} />
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
