import { Alert, Button, Tabs } from 'antd'
import { Smartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { type CustomerAnswer, customerAnswer } from '../../../shared/api/customers.ts'
import { erasureStart } from '../../../shared/api/erasures.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrand } from '../../api/system.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageError } from '../../ui/PageError.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { openPhone } from '../../ui/phoneDrawer.ts'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { CannotBeRead } from '../CannotBeRead.tsx'
import { GiveTaskButton } from '../tasks/GiveTask.tsx'
import styles from './CustomerPage.module.css'
import { Erased } from './Erased.tsx'
import { Head } from './Head.tsx'
import { type PartProps, sidePanels, type TabKey, tabs } from './panels.tsx'
import { RevealOf } from './reveal.tsx'

/** One customer on one page: who they are, and their story; of whoever was erased that alone. */
export function Component() {
  const { id = '' } = useParams()
  const start = erasureStart(id)
  return start === null ? <Known id={id} /> : <Erased start={start} />
}

function Known({ id }: { id: string }) {
  const { t } = useTranslation('customers')
  const path = useBrandPath()
  const query = useApiQuery(`/customers/${encodeURIComponent(id)}?story=none`, customerAnswer)
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
          {(data) => (
            <RevealOf key={id} customer={id}>
              <Customer data={data} />
            </RevealOf>
          )}
        </Loaded>
      )}
    </Page>
  )
}

function Customer({ data }: PartProps) {
  const { unreadable } = data.customer
  return (
    <div className={styles.customer}>
      {unreadable === null ? null : (
        <Alert type="warning" showIcon message={<CannotBeRead reason={unreadable} />} />
      )}
      <Head
        data={data}
        actions={
          <>
            <GiveTaskButton customerId={data.customer.id} />
            <PhoneButton customer={data.customer} />
          </>
        }
      />
      <div className={styles.columns}>
        <aside className={styles.side}>
          {Object.entries(sidePanels).map(([key, Panel]) => (
            <Panel key={key} data={data} />
          ))}
        </aside>
        <Sections data={data} />
      </div>
    </div>
  )
}

const isTab = (key: string | undefined): key is TabKey => key !== undefined && Object.hasOwn(tabs, key)
const tabKeys = Object.keys(tabs).filter(isTab)
const [firstTab] = tabKeys

/** The tabs; which of them is open stands in the address, so that it can be linked to. */
function Sections({ data }: PartProps) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const [{ tab }, setFilter] = useFilters(['tab'])
  return (
    <section className={styles.sections}>
      <Tabs
        activeKey={isTab(tab) ? tab : (firstTab ?? '')}
        onChange={(key) => setFilter('tab', key === firstTab ? undefined : key)}
        items={tabKeys.map((key) => {
          const { Tab, count } = tabs[key]
          const label = t(`tabs.${key}`)
          return {
            key,
            label: count === null ? label : `${label} ${format.count(count(data))}`,
            children: <Tab data={data} />,
          }
        })}
      />
    </section>
  )
}

/** In a sandbox, the customer's phone can be looked at. */
function PhoneButton({ customer: { id, name } }: Pick<CustomerAnswer, 'customer'>) {
  const { t } = useTranslation('customers')
  if (!useBrand()?.sandbox) return null
  return (
    <Button icon={<Smartphone size={14} />} onClick={() => openPhone({ id, name })} data-testid="see-phone">
      {t('phone')}
    </Button>
  )
}
