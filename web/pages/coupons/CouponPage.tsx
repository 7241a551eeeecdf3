import { Button, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { heldCodes, type KeptCoupon, keptCoupon } from '../../../shared/api/coupons.ts'
import { audienceUses } from '../../../shared/api/customers.ts'
import { asProblem } from '../../api/problem.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { usePages } from '../../api/usePages.ts'
import { Count, Money } from '../../ui/figures.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Panel } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { StatTile, StatTiles } from '../../ui/StatTile.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { Uses } from '../Uses.tsx'
import { CouponForm } from './CouponForm.tsx'
import styles from './coupons.module.css'
import { HeldTable } from './HeldTable.tsx'
import { Pool } from './Pool.tsx'

/** One coupon with its pool and its codes, or a new one. */
export function Component() {
  const { key } = useParams()
  return <Page>{key === undefined ? <New /> : <Known key={key} couponKey={key} />}</Page>
}

function New() {
  const { t } = useTranslation('coupons')
  const path = useBrandPath()
  return (
    <>
      <PageHeader title={t('new')} back={{ to: path('coupons'), label: t('title') }} />
      <CouponForm kept={null} />
    </>
  )
}

function Known({ couponKey }: { couponKey: string }) {
  const { t } = useTranslation('coupons')
  const path = useBrandPath()
  const format = useFormat()
  const query = useApiQuery(`/coupons/${encodeURIComponent(couponKey)}`, keptCoupon)
  const title = query.data === undefined ? couponKey : format.text(query.data.coupon.name)
  return (
    <>
      <PageHeader title={title} back={{ to: path('coupons'), label: t('title') }} />
      <Loaded query={query} skeleton={<PageSkeleton />}>
        {(kept) => (
          <>
            <Figures kept={kept} />
            <div className={styles.columns}>
              <div className={styles.column}>
                <CouponForm key={kept.coupon.key} kept={kept} />
                <HandedOut coupon={kept.coupon.key} />
              </div>
              <div className={styles.column}>
                {kept.coupon.supply === 'pool' ? <Pool kept={kept} /> : null}
                <UsedIn coupon={kept.coupon.key} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </>
  )
}

/** How its codes fare, and what it has cost so far. */
function Figures({ kept: { coupon, figures } }: { kept: KeptCoupon }) {
  const { t } = useTranslation('coupons')
  const format = useFormat()
  const { remaining, handedOut, redeemed, expired, low } = figures
  const cost = coupon.kind === 'amount' || coupon.kind === 'gift' ? redeemed * coupon.value : null
  const share = handedOut === 0 ? undefined : format.share(redeemed / handedOut)
  return (
    <StatTiles>
      <StatTile
        label={t('figures.remaining')}
        value={coupon.supply === 'made' ? t('made') : <Count value={remaining} />}
        note={low ? t('low') : undefined}
        tone={low ? 'bad' : 'plain'}
      />
      <StatTile label={t('figures.handedOut')} value={<Count value={handedOut} />} />
      <StatTile label={t('figures.redeemed')} value={<Count value={redeemed} />} note={share} />
      <StatTile label={t('figures.expired')} value={<Count value={expired} />} />
      {cost === null || cost === 0 ? null : (
        <StatTile label={t('figures.cost')} value={<Money minor={cost} />} />
      )}
    </StatTiles>
  )
}

function HandedOut({ coupon }: { coupon: string }) {
  const { t } = useTranslation('coupons')
  const pages = usePages(`/coupons/${encodeURIComponent(coupon)}/codes`, heldCodes, {}, 'before')
  const codes = pages.data?.pages.flatMap((page) => page.codes) ?? []
  return (
    <Panel title={t('codes.title')}>
      {pages.error ? (
        <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <Table loading pagination={false} />
      ) : codes.length === 0 ? (
        <p className={styles.note}>{t('codes.none')}</p>
      ) : (
        <>
          <HeldTable codes={codes} of="coupon" />
          {pages.hasNextPage ? (
            <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t('codes.more')}
            </Button>
          ) : null}
        </>
      )}
    </Panel>
  )
}

function UsedIn({ coupon }: { coupon: string }) {
  const { t } = useTranslation('coupons')
  const uses = useApiQuery(`/coupons/${encodeURIComponent(coupon)}/uses`, audienceUses).data?.uses
  if (uses === undefined) return null
  return (
    <Panel title={t('uses.title')}>
      {uses.length === 0 ? (
        <p className={styles.note}>{t('uses.none')}</p>
      ) : (
        <Uses uses={uses} about={t('uses.about')} onLeave={() => undefined} />
      )}
    </Panel>
  )
}
