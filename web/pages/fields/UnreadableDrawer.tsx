import { Drawer, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { unreadableList } from '../../../shared/api/attributes.ts'
import { asProblem } from '../../api/problem.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { usePages } from '../../api/usePages.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { ListCard } from '../../ui/ListCard.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import styles from './Fields.module.css'

/** The customers whose value of a field cannot be read, with what stands there and why it cannot. */
export function UnreadableDrawer({ name, onClose }: { name: string | null; onClose: () => void }) {
  const { t } = useTranslation('fields')
  return (
    <Drawer
      open={name !== null}
      size={560}
      title={t('unreadable.title', { name: name ?? '' })}
      onClose={onClose}
      destroyOnHidden
    >
      {name === null ? null : <Values name={name} />}
    </Drawer>
  )
}

const noFilter = {}

function Values({ name }: { name: string }) {
  const { t } = useTranslation('fields')
  const { locale } = useLocale()
  const path = useBrandPath()
  const pages = usePages(
    `/attributes/${encodeURIComponent(name)}/unreadable`,
    unreadableList,
    noFilter,
    'after',
  )
  if (pages.error)
    return <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
  const values = pages.data?.pages.flatMap((page) => page.values) ?? []
  const more = { label: t('more'), busy: pages.isFetchingNextPage, show: () => void pages.fetchNextPage() }
  return (
    <>
      <p className={styles.about}>{t('unreadable.about')}</p>
      <ListCard more={pages.hasNextPage ? more : null}>
        <Table
          rowKey="id"
          size="small"
          loading={pages.isPending}
          pagination={false}
          dataSource={values}
          columns={[
            {
              title: t('unreadable.customer'),
              key: 'customer',
              render: (_, { id, customer }) => (
                <Link to={path(`customers/${encodeURIComponent(id)}`)}>{customer ?? id}</Link>
              ),
            },
            { title: t('unreadable.value'), key: 'value', render: (_, { value }) => String(value) },
            { title: t('unreadable.reason'), key: 'reason', render: (_, { reason }) => reason[locale] },
          ]}
        />
      </ListCard>
    </>
  )
}
