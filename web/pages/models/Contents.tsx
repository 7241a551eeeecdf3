import { Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ModelReport } from '../../../shared/api/models.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Panel } from '../../ui/Page.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './models.module.css'

type Moved = ModelReport['contents'][number]

/** Which messages and pages have moved customers nearer to a purchase, or away from it. */
export function ContentsPanel({ contents }: Pick<ModelReport, 'contents'>) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const path = useBrandPath()
  const nameOf = ({ content, journeyName, nodeName }: Moved) => {
    if (content.kind === 'page') return content.name
    const journey = journeyName === null ? content.journeyId : format.text(journeyName)
    const node = nodeName === null ? content.node : format.text(nodeName)
    return (
      <Link to={path(`journeys/${content.journeyId}`)}>
        {journey} · {node}
      </Link>
    )
  }
  const columns: TableColumnsType<Moved> = [
    { title: t('contents.content'), key: 'content', render: (_, moved) => nameOf(moved) },
    { title: t('contents.kind'), key: 'kind', render: (_, { content }) => t(`contents.${content.kind}`) },
    {
      title: t('contents.customers'),
      key: 'customers',
      align: 'right',
      render: (_, { customers }) => format.count(customers),
    },
    {
      title: t('contents.by'),
      key: 'by',
      align: 'right',
      render: (_, { by }) => `${by > 0 ? '+' : '−'}${Math.abs(by).toFixed(1)}`,
    },
  ]
  return (
    <Panel title={t('contents.title')}>
      <p className={styles.notes}>{t('contents.note')}</p>
      <Table
        rowKey={({ content }) => JSON.stringify(content)}
        size="small"
        columns={columns}
        dataSource={[...contents]}
        pagination={false}
        data-testid="moving-contents"
      />
    </Panel>
  )
}
