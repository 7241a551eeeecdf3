import { Alert, Button, Tabs } from 'antd'
import { Smartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { type CustomerAnswer, customerAnswer } from '../../../shared/api/customers.ts'
import { erasureStart } from '../../../shared/api/erasures.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrand } from '../../api/system.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Money } from '../../ui/figures.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageError } from '../../ui/PageError.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { openPhone } from '../../ui/phoneDrawer.ts'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { StatTile, StatTiles } from '../../ui/StatTile.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { CannotBeRead } from '../CannotBeRead.tsx'
import { AddressesPanel } from './Addresses.tsx'
import styles from './CustomerPage.module.css'
import { Enrollments } from './Enrollments.tsx'
import { EraseButton } from './Erase.tsx'
import { Erased } from './Erased.tsx'
import { IdentifiersPanel } from './identity/IdentifiersPanel.tsx'
import { Orders } from './Orders.tsx'
import profile from './Profile.module.css'
import { GroupsPanel, Profile, ReachPanel } from './Profile.tsx'
import { ScoresPanel } from './Scores.tsx'
import { Story } from './Story.tsx'

/** One customer on one page: who they are, and their story; of whoever was erased that alone. */
export function Component() {
  const { id = '' } = useParams()
  const start = erasureStart(id)
  return start === null ? <Known id={id} /> : <Erased start={start} />
}

function Known({ id }: { id: string }) {
  const { t } = useTranslation('customers')
  const path = useBrandPath()
  const query = useApiQuery(`/customers/${encodeURIComponent(id)}`, customerAnswer)
  const customer = query.data?.customer
  return (
    <Page>
      <PageHeader
        title={customer ? (customer.name ?? t('nameless')) : t('one')}
        back={{ to: path('customers'), label: t('title') }}
      />
      {query.error?.code === 'not-found' ? (
        <PageError
          error={query.error}
          title={t('unknown')}
          home={
            <Link to={path('customers')}>
              <Button>{t('back')}</Button>
            </Link>
          }
        />
      ) : (
        <Loaded query={query} skeleton={<PageSkeleton />}>
          {(data) => <Customer key={id} data={data} />}
        </Loaded>
      )}
    </Page>
  )
}

function Customer({ data }: { data: CustomerAnswer }) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const { customer, orders, totals, timeline, audiences } = data
  const named = audiences.map(({ key, name }) => ({ key, name: format.text(name) }))
  return (
    <div className={styles.columns}>
      <aside className={profile.side}>
        {customer.unreadable === null ? null : (
          <Alert type="warning" showIcon message={<CannotBeRead reason={customer.unreadable} />} />
        )}
        <Profile customer={customer} />
        <ReachPanel customer={customer} />
        <AddressesPanel customerId={customer.id} />
        <IdentifiersPanel customerId={customer.id} />
        {data.scores === null ? null : <ScoresPanel scores={data.scores} />}
        <GroupsPanel audiences={audiences} tags={data.tags} />
        <EraseButton customer={customer} />
      </aside>
      <div className={styles.main}>
        <Figures data={data} />
        <Enrollments enrollments={data.enrollments} />
        <section className={styles.story}>
          <Tabs
            tabBarExtraContent={<PhoneButton customer={customer} />}
            items={[
              {
                key: 'story',
                label: t('tabs.story'),
                children: <Story timeline={timeline} audiences={named} />,
              },
              {
                key: 'orders',
                label: `${t('tabs.orders')} ${format.count(totals.orders)}`,
                children: <Orders customerId={customer.id} orders={orders} total={totals.orders} />,
              },
            ]}
          />
        </section>
      </div>
    </div>
  )
}

function Figures({ data: { totals, orders, enrollments } }: { data: CustomerAnswer }) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const last = orders[0]?.at
  const underWay = enrollments.filter(({ endedAt }) => endedAt === null).length
  return (
    <StatTiles>
      <StatTile label={t('figures.orders')} value={format.count(totals.orders)} />
      <StatTile
        label={t('figures.spent')}
        value={<Money minor={totals.spent} />}
        note={
          totals.orders > 0
            ? t('figures.average', { amount: format.money(Math.round(totals.spent / totals.orders)) })
            : null
        }
      />
      <StatTile
        label={t('figures.last')}
        value={last === undefined ? t('figures.none') : format.time(last, 'shortDate')}
        note={last === undefined ? null : format.time(last, 'full')}
      />
      <StatTile
        label={t('figures.journeys')}
        value={format.count(enrollments.length)}
        note={underWay > 0 ? t('figures.underWay', { count: underWay }) : null}
      />
    </StatTiles>
  )
}

/** In a sandbox, the customer's phone can be looked at. */
function PhoneButton({ customer: { id, name } }: Pick<CustomerAnswer, 'customer'>) {
  const { t } = useTranslation('customers')
  if (!useBrand()?.sandbox) return null
  return (
    <Button
      type="text"
      icon={<Smartphone size={14} />}
      onClick={() => openPhone({ id, name })}
      data-testid="see-phone"
    >
      {t('phone')}
    </Button>
  )
}
