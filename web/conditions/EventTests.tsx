import { Button, Input } from 'antd'
import { Link, Plus, Unlink, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { actProperties, isAct } from '../../shared/conditions/acts.ts'
import { isMoney } from '../../shared/conditions/lines.ts'
import { type EventFilter, isEntryReference, type PropertyTest } from '../../shared/conditions/schema.ts'
import type { Declared } from '../../shared/conditions/types/index.ts'
import { Row, Word } from '../ui/fields/Field.tsx'
import { ofJourneys, useActWords } from './acts.ts'
import { Comparison } from './Comparison.tsx'
import styles from './condition.module.css'
import { useConditionServices } from './context.ts'
import { NameSelect } from './NameSelect.tsx'
import { useEventNames, usePropertyNames } from './names.ts'
import { takesValue, withProperty, withValue } from './value.ts'

/** A name as it stands, with its place, so that equal tests can be told apart in a list. */
const keyed = (tests: readonly PropertyTest[]) =>
  tests.map((test, index) => ({ test, key: `${index} ${test.property}`, index }))

const costly: PropertyTest = { property: 'amount', op: 'gte', value: 10_000 }

const yesNo: Declared = { type: 'yes_no', format: null }

/** A test of a message or a journey as it begins: nothing is meant until somebody says what. */
const begun = (property: string): PropertyTest => ({
  property,
  op: 'eq',
  value: property === 'control' ? true : '',
})

/** By what messages and journeys are narrowed down, in the order in which people do. */
const usual = ['journey_id', 'node', 'channel', 'reason', 'purpose'] as const
function nextOf(event: string, where: readonly PropertyTest[]): string {
  const has = isAct(event) ? actProperties[event] : ['journey_id', 'node', 'channel']
  const left = usual.filter((name) => has.some((one) => one === name))
  return left.find((name) => !where.some(({ property }) => property === name)) ?? 'journey_id'
}

export interface EventTestsProps {
  event: string
  /** A draft may lack what the schema would add. */
  where: readonly PropertyTest[] | undefined
  onChange: (where: PropertyTest[]) => void
}

/** What must hold of an event's properties; all of it. */
export function EventTests({ event, where = [], onChange }: EventTestsProps) {
  const { t } = useTranslation('nodes')
  const properties = usePropertyNames(event)
  const replace = (at: number, test: PropertyTest) =>
    onChange(where.map((old, index) => (index === at ? test : old)))
  return (
    <>
      {keyed(where).map(({ test, key, index }) => (
        <div key={key} className={styles.test}>
          <Row>
            <NameSelect
              value={test.property}
              options={properties}
              aria-label={t('condition.property')}
              onChange={(property) =>
                replace(index, ofJourneys(event) ? begun(property) : withProperty(test, property, event))
              }
            />
            <Button
              type="text"
              size="small"
              icon={<X size={14} />}
              aria-label={t('condition.removeTest')}
              onClick={() => onChange(where.filter((_old, place) => place !== index))}
            />
          </Row>
          <Row>
            <TestValue event={event} where={where} test={test} onChange={(next) => replace(index, next)} />
          </Row>
        </div>
      ))}
      <Button
        type="link"
        size="small"
        className={styles.add ?? ''}
        icon={<Plus size={13} />}
        onClick={() => onChange([...where, ofJourneys(event) ? begun(nextOf(event, where)) : costly])}
      >
        {t('condition.addTest')}
      </Button>
    </>
  )
}

/** What a property is compared with: a value, or within a journey a property of the event of entry. */
function TestValue({
  event,
  where,
  test,
  onChange,
}: {
  event: string
  where: readonly PropertyTest[]
  test: PropertyTest
  onChange: (test: PropertyTest) => void
}) {
  const { t } = useTranslation('nodes')
  const inJourney = useConditionServices().nodes.length > 0
  const { property, op, value } = test
  const words = useActWords(event, property, where)
  if (isEntryReference(value))
    return (
      <>
        <Word>{t(`ops.${op}`)}</Word>
        <Word>{t('condition.sameAsEntry')}</Word>
        <Input
          value={value.entry}
          maxLength={100}
          aria-label={t('condition.entryProperty')}
          onChange={({ target }) => onChange({ property, op, value: { entry: target.value } })}
        />
        <Button
          type="text"
          size="small"
          icon={<Unlink size={14} />}
          aria-label={t('condition.fromValue')}
          title={t('condition.fromValue')}
          onClick={() => onChange(withValue(test, op, ''))}
        />
      </>
    )
  return (
    <>
      <Comparison
        op={op}
        value={value}
        of={{ field: 'property', event, name: property }}
        money={isMoney(property, event)}
        words={words}
        declared={property === 'control' && isAct(event) ? yesNo : null}
        onChange={(next, operand) => onChange(withValue(test, next, operand))}
      />
      {inJourney && takesValue(op) ? (
        <Button
          type="text"
          size="small"
          icon={<Link size={14} />}
          aria-label={t('condition.fromEntry')}
          title={t('condition.fromEntry')}
          onClick={() => onChange({ property, op: 'eq', value: { entry: property } })}
        />
      ) : null}
    </>
  )
}

/** An event by its name, with what must hold of it. */
export function EventFilterEditor({
  value,
  derived = false,
  onChange,
}: {
  value: EventFilter
  /** Also what follows from other events, and never happens by itself: lines of orders, what journeys do. */
  derived?: boolean
  onChange: (value: EventFilter) => void
}) {
  const { t } = useTranslation('nodes')
  const events = useEventNames(derived)
  return (
    <div className={styles.filter}>
      <Row>
        <Word>{t('condition.event')}</Word>
        <NameSelect
          value={value.event}
          options={events}
          placeholder={t('condition.chooseEvent')}
          aria-label={t('condition.event')}
          onChange={(event) => onChange({ ...value, event, where: [] })}
        />
      </Row>
      <EventTests
        event={value.event}
        where={value.where}
        onChange={(where) => onChange({ ...value, where })}
      />
    </div>
  )
}
