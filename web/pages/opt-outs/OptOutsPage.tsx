import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { doubtfulList } from '../../../shared/api/addresses.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { Blacklist } from './Blacklist.tsx'
import { Doubtful } from './Doubtful.tsx'
import { Erasures } from './Erasures.tsx'
import { SharedAddresses } from './SharedAddresses.tsx'

/** Who is not written to, or not surely: replies to decide about, the blacklist, shared addresses, and who was erased. */
export function Component() {
  const { t } = useTranslation('optOuts')
  const format = useFormat()
  const path = useBrandPath()
  const [{ tab = 'doubtful' }, setFilter] = useFilters(['tab'])
  const waiting = useApiQuery('/opt-outs/doubtful', doubtfulList).data?.total ?? 0
  const doubtful = waiting === 0 ? t('tabs.doubtful') : `${t('tabs.doubtful')} ${format.count(waiting)}`
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={t('about')}
        back={{ to: path('customers'), label: t('customers') }}
      />
      <Tabs
        activeKey={tab}
        onChange={(key) => setFilter('tab', key)}
        destroyOnHidden
        items={[
          { key: 'doubtful', label: doubtful, children: <Doubtful /> },
          { key: 'blacklist', label: t('tabs.blacklist'), children: <Blacklist /> },
          { key: 'shared', label: t('tabs.shared'), children: <SharedAddresses /> },
          { key: 'erasures', label: t('tabs.erasures'), children: <Erasures /> },
        ]}
      />
    </Page>
  )
}
