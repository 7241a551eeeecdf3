import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useBrandPath } from '../../../api/useBrandPath.ts'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { useFilters } from '../../../ui/useFilters.ts'
import { Merges } from './Merges.tsx'
import { Rules } from './Rules.tsx'
import { Waiting } from './Waiting.tsx'

/** Who may be one person, who was made one, and by which rules. */
export function Component() {
  const { t } = useTranslation('persons')
  const path = useBrandPath()
  const [{ tab = 'waiting' }, setFilter] = useFilters(['tab'])
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
          { key: 'waiting', label: t('tabs.waiting'), children: <Waiting /> },
          { key: 'merged', label: t('tabs.merged'), children: <Merges /> },
          { key: 'rules', label: t('tabs.rules'), children: <Rules /> },
        ]}
      />
    </Page>
  )
}
