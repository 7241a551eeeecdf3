import { Button, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { mostExits, mostPerHourOf, type JourneySettings as Settings } from '../../../shared/journey/graph.ts'
import { changeJourney } from '../../commands/change-journey.ts'
import {
  Bound,
  EventFilterEditor,
  Field,
  NumberInput,
  Row,
  Section,
  useEditor,
  Word,
} from '../../nodes/index.ts'
import { useDocument, useRun } from '../context.ts'
import { AudienceExits } from './AudienceExits.tsx'
import styles from './Inspector.module.css'
import { NameInput } from './NameInput.tsx'
import { RateLimit } from './RateLimit.tsx'
import { ReentryFields } from './ReentryFields.tsx'
import { VariableList } from './VariableList.tsx'

/** What belongs to the journey as a whole. */
export function JourneySettings() {
  const { t } = useTranslation('canvas')
  const run = useRun()
  const name = useDocument(({ journey }) => journey.name)
  const description = useDocument(({ journey }) => journey.description)
  const settings = useDocument(({ journey }) => journey.settings)
  const id = useDocument(({ journey }) => journey.id)
  const change = (part: Partial<Settings>, field: string) =>
    run(changeJourney, { part: { settings: { ...settings, ...part } }, field })
  return (
    <div className={styles.body} data-testid="journey-settings">
      <header>
        <h2>{t('settings.title')}</h2>
        <p className={styles.note}>{t('settings.about', { id })}</p>
      </header>
      <Field label={t('settings.name')}>
        <NameInput
          value={name}
          label={t('settings.name')}
          testId="journey-name"
          onChange={(next) => run(changeJourney, { part: { name: next }, field: 'name' })}
        />
      </Field>
      <Field label={t('settings.description')}>
        <NameInput
          value={description ?? {}}
          label={t('settings.description')}
          rows={2}
          placeholder={t('settings.descriptionPlaceholder')}
          onChange={(next) => run(changeJourney, { part: { description: next }, field: 'description' })}
        />
      </Field>
      <ControlGroup
        value={settings.controlGroup}
        onChange={(controlGroup) => change({ controlGroup }, 'controlGroup')}
      />
      <ReentryFields value={settings.reentry} onChange={(reentry) => change({ reentry }, 'reentry')} />
      <ExitRules value={settings.exitWhen} onChange={(exitWhen) => change({ exitWhen }, 'exitWhen')} />
      <AudienceExits
        value={settings.exitAudiences ?? []}
        onChange={(exits) => {
          const { exitAudiences: _old, ...rest } = settings
          const next = exits.length === 0 ? rest : { ...rest, exitAudiences: [...exits] }
          run(changeJourney, { part: { settings: next }, field: 'exitAudiences' })
        }}
      />
      <Breaker
        value={mostPerHourOf(settings)}
        onChange={(mostPerHour) => change({ mostPerHour }, 'mostPerHour')}
      />
      <RateLimit
        value={settings.rate}
        onChange={(rate) => {
          const { rate: _old, ...rest } = settings
          const next = rate === undefined ? rest : { ...rest, rate }
          run(changeJourney, { part: { settings: next }, field: 'rate' })
        }}
      />
      <VariableList />
      <Zone
        value={settings.zone}
        onChange={(zone) => {
          const { zone: _old, ...rest } = settings
          const next = zone === undefined ? rest : { ...rest, zone }
          run(changeJourney, { part: { settings: next }, field: 'zone' })
        }}
      />
    </div>
  )
}

type Control = Settings['controlGroup']

function ControlGroup({ value, onChange }: { value: Control; onChange: (value: Control) => void }) {
  const { t } = useTranslation('canvas')
  return (
    <Section title={t('settings.control')}>
      <Field hint={t(value.percent > 0 ? 'settings.controlOn' : 'settings.controlOff')}>
        <Row>
          <Word>{t('settings.controlKeep')}</Word>
          <NumberInput
            value={value.percent}
            min={0}
            max={50}
            suffix="%"
            aria-label={t('settings.control')}
            onChange={(percent) => onChange({ ...value, percent })}
          />
          <Word>{t('settings.controlWords')}</Word>
        </Row>
      </Field>
    </Section>
  )
}

/** Rule 11: how much one address may get in an hour before the journey pauses itself. */
function Breaker({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { t } = useTranslation('canvas')
  return (
    <Section title={t('settings.breaker')}>
      <Field hint={t('settings.breakerHint')}>
        <Row>
          <Word>{t('settings.breakerMost')}</Word>
          <NumberInput
            value={value}
            min={1}
            max={1000}
            aria-label={t('settings.breaker')}
            onChange={onChange}
          />
          <Word>{t('settings.breakerWords')}</Word>
        </Row>
      </Field>
    </Section>
  )
}

type Rules = Settings['exitWhen']
const keyed = (rules: Rules) => rules.map((rule, index) => ({ rule, index, key: `${index} ${rule.event}` }))

function ExitRules({ value, onChange }: { value: Rules; onChange: (value: Rules) => void }) {
  const { t } = useTranslation('canvas')
  return (
    <Section title={t('settings.exit')}>
      {value.length === 0 ? <p className={styles.note}>{t('settings.exitNone')}</p> : null}
      {keyed(value).map(({ rule, index, key }) => (
        <div key={key} className={styles.rule}>
          <div>
            <EventFilterEditor
              value={rule}
              onChange={(next) => onChange(value.map((old, at) => (at === index ? next : old)))}
            />
            <Bound
              value={rule.bound ?? true}
              onChange={(bound) => onChange(value.map((old, at) => (at === index ? { ...old, bound } : old)))}
            />
          </div>
          <Button
            type="text"
            size="small"
            icon={<X size={14} />}
            aria-label={t('settings.exitRemove')}
            onClick={() => onChange(value.filter((_old, at) => at !== index))}
          />
        </div>
      ))}
      <Row>
        <Button
          size="small"
          icon={<Plus size={13} />}
          disabled={value.length >= mostExits}
          onClick={() => onChange([...value, { event: 'order', where: [] }])}
        >
          {t('settings.exitAdd')}
        </Button>
      </Row>
    </Section>
  )
}

const zones = Intl.supportedValuesOf('timeZone')

function Zone({
  value,
  onChange,
}: {
  value: string | undefined
  onChange: (value: string | undefined) => void
}) {
  const { t } = useTranslation('canvas')
  const { brand } = useEditor()
  return (
    <Field label={t('settings.zone')} hint={t('settings.zoneHint')}>
      {(id) => (
        <Select
          id={id}
          allowClear
          showSearch
          value={value ?? null}
          placeholder={t('settings.zoneBrand', { zone: brand.zone })}
          options={zones.map((zone) => ({ value: zone, label: zone }))}
          onChange={(zone: string | null | undefined) => onChange(zone ?? undefined)}
        />
      )}
    </Field>
  )
}
