import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Navigate, useParams } from 'react-router'
import type { ModelReport } from '../../../shared/api/models.ts'
import { type ModelName, modelNames, models } from '../../../shared/models/scores.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Panel } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { StatTile, StatTiles } from '../../ui/StatTile.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { ContentsPanel } from './Contents.tsx'
import { DistributionPanel } from './Distribution.tsx'
import { FitButton } from './FitButton.tsx'
import { GroupsPanel } from './Groups.tsx'
import styles from './models.module.css'
import { LastRun, UnderWay } from './Standing.tsx'
import { ForecastPanel, QualityPanel } from './Tried.tsx'
import { useModels } from './useModels.ts'

/** One model: what it means, how well it did, and how customers are distributed over what it says. */
export function Component() {
  const { t } = useTranslation('models')
  const path = useBrandPath()
  const { name: asked } = useParams()
  const name = modelNames.find((one) => one === asked)
  const query = useModels()
  const format = useFormat()
  if (name === undefined) return <Navigate to={path('models')} replace />
  const { running = null, waiting = 0, failed = null } = query.data ?? {}
  return (
    <Page>
      <PageHeader
        title={format.text(models[name].name)}
        back={{ to: path('models'), label: t('title') }}
        about={format.text(models[name].about)}
        actions={<FitButton running={running} />}
      />
      <Loaded query={query} skeleton={<PageSkeleton />}>
        {({ last }) => {
          const report = last?.models.find((one) => one.name === name)
          if (last === null || report === undefined) return <Navigate to={path('models')} replace />
          return (
            <div className={styles.page}>
              <UnderWay running={running} waiting={waiting} failed={failed} />
              <LastRun run={last} />
              <Report report={report} busy={running !== null} />
            </div>
          )
        }}
      </Loaded>
    </Page>
  )
}

function Report({ report, busy }: { report: ModelReport; busy: boolean }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const { name, problem, quality, forecast, distributions, parameters, groups, contents } = report
  return (
    <>
      {problem === null ? null : (
        <Alert type="info" showIcon title={t('states.too-little')} description={format.text(problem)} />
      )}
      {groups.length === 0 ? null : <GroupsPanel groups={groups} busy={busy} />}
      {quality === null ? null : <QualityPanel quality={quality} />}
      {forecast === null ? null : <ForecastPanel forecast={forecast} money={name === 'gamma-gamma'} />}
      {contents.length === 0 ? null : <ContentsPanel contents={contents} />}
      <div className={styles.halves}>
        {distributions.map((distribution) => (
          <DistributionPanel key={distribution.score} distribution={distribution} />
        ))}
      </div>
      <Parameters name={name} parameters={parameters} />
    </>
  )
}

/** In which units the parameters of a model are. */
const notes = {
  rfm: null,
  stage: null,
  'bg-nbd': 'note',
  'gamma-gamma': 'noteMoney',
  propensity: null,
  habits: null,
  groups: null,
} as const satisfies Record<ModelName, 'note' | 'noteMoney' | null>

const known = ['r', 'alpha', 'a', 'b', 'p', 'q', 'gamma', 'rhythm', 'reduced', 'silhouette'] as const

function Parameters({ name, parameters }: Pick<ModelReport, 'name' | 'parameters'>) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const shown = known.flatMap((key) => {
    const value = parameters[key]
    return value === undefined ? [] : [{ key, value }]
  })
  const note = notes[name]
  if (shown.length === 0) return null
  return (
    <Panel
      title={t('parameters.title')}
      extra={note === null ? null : <small>{t(`parameters.${note}`)}</small>}
    >
      <StatTiles>
        {shown.map(({ key, value }) => (
          <StatTile
            key={key}
            label={t(`parameters.${key}`)}
            value={
              key === 'reduced'
                ? format.share(value)
                : value.toLocaleString('en-US', { maximumFractionDigits: 3 })
            }
          />
        ))}
      </StatTiles>
    </Panel>
  )
}
