import { Alert, Button, Select } from 'antd'
import { ChartColumn, FileDown, Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type JourneySummary, journeyList } from '../../../shared/api/journeys.ts'
import { type ReportAnswer, reportAnswer } from '../../../shared/api/messages.ts'
import { minorOfMilli } from '../../../shared/money.ts'
import { api, queryString } from '../../api/client.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { CardsSkeleton, PageSkeleton } from '../../ui/Skeletons.tsx'
import { StatTile, StatTiles } from '../../ui/StatTile.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { JourneyStatusBadge } from '../journeys/StatusBadge.tsx'
import details from './Details.module.css'
import { ByChannel, Days, Endings } from './Details.tsx'
import { GoalPanel } from './GoalPanel.tsx'
import styles from './ReportsPage.module.css'

/** What a journey brought, against its control group. */
export function Component() {
  const { t } = useTranslation('reports')
  const journeys = useApiQuery('/journeys', journeyList)
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} />
      <Loaded query={journeys} skeleton={<PageSkeleton />}>
        {(data) => <Reports journeys={data.journeys} />}
      </Loaded>
    </Page>
  )
}

/** Journeys that were entered, the one with the most customers first. */
const entered = (journeys: readonly JourneySummary[]) =>
  journeys.filter((journey) => journey.entered > 0).sort((a, b) => b.entered - a.entered)

function Reports({ journeys }: { journeys: readonly JourneySummary[] }) {
  const [{ journey: asked }, setFilter] = useFilters(['journey'])
  const ran = entered(journeys)
  const chosen = journeys.find(({ id }) => id === asked) ?? ran[0]
  if (!chosen) return <NothingRan />
  const shown = ran.some(({ id }) => id === chosen.id) ? ran : [chosen, ...ran]
  return (
    <>
      <Chooser journeys={shown} chosen={chosen} onChoose={(id) => setFilter('journey', id)} />
      {chosen.entered === 0 ? <NotYet id={chosen.id} /> : <Report key={chosen.id} id={chosen.id} />}
    </>
  )
}

interface ChooserProps {
  journeys: readonly JourneySummary[]
  chosen: JourneySummary
  onChoose: (id: string) => void
}

function Chooser({ journeys, chosen, onChoose }: ChooserProps) {
  const { t } = useTranslation('reports')
  const format = useFormat()
  const path = useBrandPath()
  const { locale } = useLocale()
  return (
    <div className={styles.bar}>
      <Select
        style={{ width: 300 }}
        aria-label={t('choose')}
        value={chosen.id}
        showSearch={{ optionFilterProp: 'label' }}
        options={journeys.map(({ id, name }) => ({ value: id, label: format.text(name) }))}
        onChange={onChoose}
        data-testid="report-journey"
      />
      <JourneyStatusBadge status={chosen.status} breaker={chosen.breaker} />
      <Link to={path(`journeys/${chosen.id}`)}>{t('open')}</Link>
      <Button
        icon={<FileDown size={14} />}
        href={api.href(`/export/reports/journeys/${chosen.id}${queryString({ language: locale })}`)}
        download
        data-testid="export-report"
      >
        {t('export')}
      </Button>
    </div>
  )
}

function Report({ id }: { id: string }) {
  const { t } = useTranslation('reports')
  const report = useApiQuery(`/reports/journeys/${id}`, reportAnswer, { refetchInterval: 15_000 })
  return (
    <Loaded query={report} skeleton={<CardsSkeleton cards={4} />}>
      {(data) => (
        <div className={styles.report}>
          {data.goals.map((goal) => (
            <GoalPanel key={goal.goal} goal={goal} report={data} />
          ))}
          {data.goals.length === 0 ? (
            <Alert type="info" showIcon title={t('noGoal.title')} description={t('noGoal.text')} />
          ) : null}
          <Figures report={data} />
          <Days byDay={data.byDay} />
          <div className={details.columns}>
            <ByChannel byChannel={data.byChannel} />
            <Endings journeyId={data.journeyId} endings={data.endings} />
          </div>
        </div>
      )}
    </Loaded>
  )
}

function Figures({ report }: { report: ReportAnswer }) {
  const { t } = useTranslation('reports')
  const format = useFormat()
  const { entered: all, ended, sent, costMilli, goals, currency } = report
  const goal = goals[0]
  const cost = minorOfMilli(costMilli, currency)
  const money = (minor: number) => format.money(Math.round(minor), currency)
  return (
    <StatTiles>
      <StatTile
        label={t('figures.entered')}
        value={format.count(all)}
        note={t('figures.ended', { count: ended, replace: { count: format.count(ended) } })}
      />
      <StatTile
        label={t('figures.sent')}
        value={format.count(sent)}
        note={all > 0 ? t('figures.each', { value: (sent / all).toFixed(1) }) : null}
      />
      <StatTile
        label={t('figures.cost')}
        value={money(cost)}
        note={
          goal && goal.treated.converted > 0
            ? t('figures.perGoal', { amount: money(cost / goal.treated.converted) })
            : null
        }
      />
      {goal ? (
        <>
          <StatTile
            label={t('figures.reached')}
            value={format.count(goal.treated.converted)}
            note={format.text(goal.name)}
          />
          {goal.treated.value > 0 ? (
            <StatTile
              label={t('figures.value')}
              value={money(goal.treated.value)}
              note={t('figures.valueNote')}
            />
          ) : null}
        </>
      ) : null}
    </StatTiles>
  )
}

function NotYet({ id }: { id: string }) {
  const { t } = useTranslation('reports')
  const path = useBrandPath()
  return (
    <EmptyState
      icon={Hourglass}
      title={t('notYet.title')}
      text={t('notYet.text')}
      action={
        <Link to={path(`journeys/${id}`)}>
          <Button type="primary">{t('notYet.action')}</Button>
        </Link>
      }
    />
  )
}

function NothingRan() {
  const { t } = useTranslation('reports')
  return (
    <EmptyState
      icon={ChartColumn}
      title={t('empty.title')}
      text={t('empty.text')}
      example={t('empty.example')}
      action={
        <Link to="../journeys">
          <Button type="primary">{t('empty.action')}</Button>
        </Link>
      }
    />
  )
}
