import { Button, Table, type TableColumnsType } from 'antd'
import { BrainCircuit } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ModelList, ModelReport } from '../../../shared/api/models.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { entryOf, models, scoreNames } from '../../../shared/models/scores.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ListCard } from '../../ui/ListCard.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { FitButton } from './FitButton.tsx'
import styles from './models.module.css'
import { LastRun, UnderWay } from './Standing.tsx'
import { useModels } from './useModels.ts'

/** What models say of customers: a row each, with how well each did. */
export function Component() {
  const { t } = useTranslation('models')
  const query = useModels()
  const last = query.data?.last ?? null
  const running = query.data?.running ?? null
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={last === null ? null : <FitButton running={running} />}
      />
      <Loaded query={query} skeleton={<TableSkeleton rows={6} />}>
        {(data) => <Models list={data} />}
      </Loaded>
    </Page>
  )
}

function Models({ list }: { list: ModelList }) {
  const { last, running, waiting, failed } = list
  return (
    <div className={styles.page}>
      <UnderWay running={running} waiting={waiting} failed={failed} />
      {last === null ? (
        <NeverFitted running={running} />
      ) : (
        <>
          <LastRun run={last} />
          <ListCard>
            <ModelsTable reports={last.models} />
          </ListCard>
        </>
      )}
    </div>
  )
}

function NeverFitted({ running }: Pick<ModelList, 'running'>) {
  const { t } = useTranslation('models')
  const path = useBrandPath()
  return (
    <EmptyState
      icon={BrainCircuit}
      title={t('empty.title')}
      text={t('empty.text')}
      example={t('empty.example')}
      action={
        <>
          <FitButton running={running} />
          <Link to={path('import')}>
            <Button type="text">{t('empty.import')}</Button>
          </Link>
        </>
      }
    />
  )
}

function ModelsTable({ reports }: { reports: readonly ModelReport[] }) {
  const { t } = useTranslation('models')
  const { locale } = useLocale()
  const format = useFormat()
  const path = useBrandPath()
  const columns: TableColumnsType<ModelReport> = [
    {
      title: t('columns.model'),
      key: 'model',
      render: (_, { name }) => (
        <Link to={path(`models/${name}`)} className={styles.name ?? ''} data-testid={`model-${name}`}>
          {format.text(models[name].name)}
        </Link>
      ),
    },
    {
      title: t('columns.says'),
      key: 'says',
      render: (_, { name }) => (
        <span className={styles.quiet}>
          {scoreNames
            .filter((score) => entryOf(score).model === name)
            .map((score) => atHead(sayName(score, locale)))
            .join(locale === 'en' ? ', ' : '、')}
        </span>
      ),
    },
    { title: t('columns.quality'), key: 'quality', render: (_, report) => <Tried report={report} /> },
    {
      title: t('columns.customers'),
      key: 'customers',
      align: 'right',
      render: (_, { distributions }) =>
        format.count(Math.max(0, ...distributions.map(({ customers }) => customers))),
    },
    {
      title: t('columns.state'),
      key: 'state',
      render: (_, { state }) => (
        <StatusDot tone={state === 'fitted' ? 'good' : 'warn'}>{t(`states.${state}`)}</StatusDot>
      ),
    },
  ]
  return (
    <Table
      rowKey="name"
      size="middle"
      columns={columns}
      dataSource={[...reports]}
      pagination={false}
      scroll={{ x: 820 }}
      data-testid="models-table"
    />
  )
}

/** In a few words, how well it did on what it had not seen. */
function Tried({ report: { name, quality, forecast } }: { report: ModelReport }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  if (quality !== null)
    return t('quality.short', { auc: quality.auc.toFixed(2), lift: quality.lift.toFixed(1) })
  if (forecast === null) return <span className={styles.quiet}>–</span>
  const shown = (value: number) =>
    name === 'gamma-gamma' ? format.money(Math.round(value)) : format.count(Math.round(value))
  return t('forecast.short', { expected: shown(forecast.expected), actual: shown(forecast.actual) })
}
