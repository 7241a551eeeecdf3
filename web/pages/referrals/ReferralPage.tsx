import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { type KeptReferral, keptReferral, referralReport } from '../../../shared/api/referrals.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Count, Money } from '../../ui/figures.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { StatTile, StatTiles } from '../../ui/StatTile.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { Invitations } from './Invitations.tsx'
import { Inviters } from './Inviters.tsx'
import { PersonalLink } from './PersonalLink.tsx'
import { ReferralForm } from './ReferralForm.tsx'
import styles from './referrals.module.css'

/** One programme with its links and what came of them, or a new one. */
export function Component() {
  const { key } = useParams()
  return <Page>{key === undefined ? <New /> : <Known key={key} of={key} />}</Page>
}

function New() {
  const { t } = useTranslation('referrals')
  const path = useBrandPath()
  return (
    <>
      <PageHeader title={t('new')} back={{ to: path('referrals'), label: t('title') }} />
      <ReferralForm kept={null} />
    </>
  )
}

function Known({ of }: { of: string }) {
  const { t } = useTranslation('referrals')
  const path = useBrandPath()
  const format = useFormat()
  const query = useApiQuery(`/referrals/${encodeURIComponent(of)}`, keptReferral)
  const title = query.data === undefined ? of : format.text(query.data.referral.name)
  return (
    <>
      <PageHeader title={title} back={{ to: path('referrals'), label: t('title') }} />
      <Loaded query={query} skeleton={<PageSkeleton />}>
        {(kept) => (
          <>
            <Figures kept={kept} />
            <Lacks of={of} />
            <div className={styles.columns}>
              <div className={styles.column}>
                <Invitations of={of} held={kept.figures.states.held ?? 0} />
                <ReferralForm key={kept.referral.key} kept={kept} />
              </div>
              <div className={styles.column}>
                <PersonalLink kept={kept} />
                <Inviters of={of} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </>
  )
}

/** How it fares, and what it has cost so far. */
function Figures({ kept: { figures } }: { kept: KeptReferral }) {
  const { t } = useTranslation('referrals')
  const { inviters, opened, joined, states, rewards, value, redeemed } = figures
  const held = states.held ?? 0
  return (
    <StatTiles>
      <StatTile label={t('figures.inviters')} value={<Count value={inviters} />} />
      <StatTile label={t('figures.opened')} value={<Count value={opened} />} />
      <StatTile
        label={t('figures.joined')}
        value={<Count value={joined} />}
        note={(states.refused ?? 0) > 0 ? t('figures.refused', { count: states.refused ?? 0 }) : undefined}
      />
      <StatTile
        label={t('states.rewarded')}
        value={<Count value={states.rewarded ?? 0} />}
        note={t('figures.rewards', { count: rewards })}
      />
      <StatTile
        label={t('states.held')}
        value={<Count value={held} />}
        note={held > 0 ? t('figures.look') : undefined}
        tone={held > 0 ? 'bad' : 'plain'}
      />
      <StatTile
        label={t('figures.value')}
        value={<Money minor={value} />}
        note={redeemed > 0 ? t('figures.redeemed', { count: redeemed }) : undefined}
      />
    </StatTiles>
  )
}

/** Rewards that lack their coupon, before customers ask for them. */
function Lacks({ of }: { of: string }) {
  const { t } = useTranslation('referrals')
  const { data } = useApiQuery(`/referrals/${encodeURIComponent(of)}/report`, referralReport)
  if (data === undefined || data.lacks.length === 0) return null
  return (
    <Alert
      className={styles.alert ?? ''}
      type="warning"
      showIcon
      title={t('lacks.title')}
      description={
        <ul className={styles.list}>
          {data.lacks.map(({ coupon, lack, count }) => (
            <li key={`${coupon} ${lack}`}>{t(`lacks.${lack}`, { coupon, count })}</li>
          ))}
        </ul>
      }
      data-testid="referral-lacks"
    />
  )
}
