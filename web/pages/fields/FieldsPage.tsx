import { Button } from 'antd'
import { ArrowLeft, TableProperties } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { attributeList } from '../../../shared/api/attributes.ts'
import { useApiQuery } from '../../api/query.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ListCard } from '../../ui/ListCard.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { EventsSeen } from './EventsSeen.tsx'
import styles from './Fields.module.css'
import { FieldsTable } from './FieldsTable.tsx'
import { UnreadableDrawer } from './UnreadableDrawer.tsx'

/** What the customers' fields hold: their types, which can be changed, and what could not be read. */
export function Component() {
  const { t } = useTranslation('fields')
  const format = useFormat()
  const fields = useApiQuery('/attributes', attributeList)
  const [shown, setShown] = useState<string | null>(null)
  const own = fields.data?.attributes.filter(({ builtIn }) => !builtIn) ?? []
  const back = (
    <Link to="../customers">
      <Button icon={<ArrowLeft size={14} />}>{t('back')}</Button>
    </Link>
  )
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} actions={back} />
      {fields.error ? (
        <ProblemAlert problem={fields.error} onRetry={() => void fields.refetch()} />
      ) : fields.isPending ? (
        <TableSkeleton rows={8} />
      ) : own.length === 0 ? (
        <EmptyState icon={TableProperties} title={t('empty.title')} text={t('empty.text')} />
      ) : (
        <ListCard note={t('count', { count: own.length, total: format.count(own.length) })}>
          <FieldsTable fields={fields.data.attributes} customers={fields.data.customers} onShow={setShown} />
        </ListCard>
      )}
      <h2 className={styles.heading}>{t('events.title')}</h2>
      <p className={styles.about}>{t('events.about')}</p>
      <EventsSeen />
      <UnreadableDrawer name={shown} onClose={() => setShown(null)} />
    </Page>
  )
}
