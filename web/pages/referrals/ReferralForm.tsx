import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button } from 'antd'
import { Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import { type KeptReferral, keptReferral } from '../../../shared/api/referrals.ts'
import { placedIssues, sayIssue, sayPath } from '../../../shared/journey/issue.ts'
import { type ReferralDefinition, referralDefinition } from '../../../shared/referrals/definition.ts'
import { usualTexts } from '../../../shared/referrals/page.ts'
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
import { PageFields } from './PageFields.tsx'
import { type FormProps, Names, Rules } from './ReferralFields.tsx'
import { Rewards } from './RewardFields.tsx'
import styles from './referrals.module.css'

const nothing = { coupon: null, tag: null }
const blank: ReferralDefinition = {
  ...{ key: '', name: {}, from: null, until: null, open: true, counts: 'new', asks: 'order', minOrder: 0 },
  ...{ most: null, invited: nothing, inviter: nothing, tiers: [] },
  page: { ...usualTexts, picture: null, follow: null, link: null },
}

/** A key that Liquid can ask for, of the English name where there is one. */
const keyFor = (name: ReferralDefinition['name']): string =>
  suggestKey(name.en, new Set())
    .replace(/^audience$/, 'friends')
    .replaceAll('-', '_')

/** Writes a programme; what has been given stays given. */
export function ReferralForm({ kept }: { kept: KeptReferral | null }) {
  const { t } = useTranslation('referrals')
  const notice = useNotice()
  const format = useFormat()
  const path = useBrandPath()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<ReferralDefinition>(kept?.referral ?? blank)
  const [saved, setSaved] = useState({ referral: kept?.referral ?? blank, revision: kept?.revision ?? null })
  const [tried, setTried] = useState(false)
  const whole = draft.key === '' ? { ...draft, key: keyFor(draft.name) } : draft
  const read = referralDefinition.safeParse(whole)
  const changed = JSON.stringify(draft) !== JSON.stringify(saved.referral)
  const take = (answer: KeptReferral) => {
    setDraft(answer.referral)
    setSaved({ referral: answer.referral, revision: answer.revision })
  }
  const save = useMutation({
    mutationFn: () =>
      api.put(`/referrals/${whole.key}`, keptReferral, { referral: whole, revision: saved.revision }),
    onSuccess: (answer) => {
      take(answer)
      notice.done(t('saved', { name: format.text(answer.referral.name) }))
      void refresh('/referrals')
    },
  })
  // Once what was saved is what stands here: before, the guard would ask whether to leave it unsaved.
  const made = kept === null && saved.revision !== null ? path(`referrals/${saved.referral.key}`) : null
  useEffect(() => {
    if (made !== null) void navigate(made, { replace: true })
  }, [made, navigate])
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
  const stale = save.error !== null && asProblem(save.error).code === 'referral-stale'
  const reload = async () => {
    take(await api.get(`/referrals/${whole.key}`, keptReferral))
    save.reset()
  }
  return (
    <Panel title={kept === null ? undefined : t('settings')}>
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
        <Rules draft={draft} change={change} />
        <Rewards draft={draft} change={change} />
        <PageFields draft={draft} change={change} />
        <div className={styles.foot}>
          <Button
            type="primary"
            loading={save.isPending}
            disabled={!changed && kept !== null}
            onClick={() => void trySave()}
            data-testid="save-referral"
          >
            {t('save')}
          </Button>
          {kept === null || kept.figures.inviters > 0 ? null : <Remove kept={kept} />}
        </div>
      </div>
    </Panel>
  )
}

/** What is missing before it can be saved. */
function Issues({ error }: { error: z.ZodError }) {
  const { t } = useTranslation('referrals')
  const { locale } = useLocale()
  return (
    <Alert
      type="warning"
      showIcon
      title={t('issues')}
      description={
        <ul className={styles.list} data-testid="referral-issues">
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

function Remove({ kept: { referral } }: { kept: KeptReferral }) {
  const { t } = useTranslation(['referrals', 'common'])
  const { modal } = App.useApp()
  const notice = useNotice()
  const format = useFormat()
  const path = useBrandPath()
  const navigate = useNavigate()
  const name = format.text(referral.name)
  const ask = () =>
    modal.confirm({
      title: t('removeAsk.title', { name }),
      content: t('removeAsk.text'),
      okText: t('remove'),
      cancelText: t('common:cancel'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await api.delete(`/referrals/${referral.key}`, z.unknown())
          notice.done(t('deleted', { name }))
          void navigate(path('referrals'))
          await refresh('/referrals')
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
