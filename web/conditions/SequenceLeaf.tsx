import { Button, Select } from 'antd'
import { Ban, Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import {
  type EventFilter,
  type Gap,
  gapUnits,
  type LaterStep,
  type SequenceTest,
} from '../../shared/conditions/schema.ts'
import { limits } from '../../shared/limits.ts'
import fields from '../ui/fields/Field.module.css'
import { Row, Word } from '../ui/fields/Field.tsx'
import { NumberInput } from '../ui/fields/inputs.tsx'
import styles from './condition.module.css'
import { EventFilterEditor } from './EventTests.tsx'
import type { LeafProps } from './leaf.ts'
import { WindowEditor } from './WindowEditor.tsx'

const day: Gap = { amount: 1, unit: 'day' }

/** A step without its gap, or with another. */
function within({ within: _old, ...step }: LaterStep, gap: Gap | undefined): LaterStep {
  return gap === undefined ? step : { ...step, within: gap }
}

/** What happens at a step, its gap kept. */
const happens = (step: LaterStep, filter: EventFilter): LaterStep =>
  within({ event: filter.event, where: filter.where }, step.within)

/** Steps with their places, so that equal ones can be told apart in a list. */
const keyed = (steps: readonly LaterStep[]) =>
  steps.map((step, index) => ({ step, index, key: `${index} ${step.event}` }))

interface StepProps {
  word: string
  /** What the gap is called where there is none. */
  open: string
  step: LaterStep
  onChange: (step: LaterStep) => void
  onRemove: () => void
}

/** A later step: how soon, and what. */
function Step({ word, open, step, onChange, onRemove }: StepProps) {
  const { t } = useTranslation('nodes')
  const { within: gap } = step
  return (
    <div className={styles.test}>
      <Row>
        <Word>{word}</Word>
        <Select
          className={fields.choice ?? ''}
          popupMatchSelectWidth={false}
          value={gap === undefined ? 'any' : 'within'}
          aria-label={t('condition.gap')}
          options={[
            { value: 'any', label: open },
            { value: 'within', label: t('condition.gapWithin') },
          ]}
          onChange={(next) => onChange(within(step, next === 'any' ? undefined : day))}
        />
        {gap === undefined ? null : <GapInput gap={gap} onChange={(next) => onChange(within(step, next))} />}
        <Button
          type="text"
          size="small"
          icon={<X size={14} />}
          aria-label={t('condition.removeStep')}
          onClick={onRemove}
        />
      </Row>
      <EventFilterEditor derived value={step} onChange={(filter) => onChange(happens(step, filter))} />
    </div>
  )
}

function GapInput({ gap, onChange }: { gap: Gap; onChange: (gap: Gap) => void }) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <NumberInput
        value={gap.amount}
        min={1}
        max={limits.sequenceGap.value}
        aria-label={t('fields.amount')}
        onChange={(amount) => onChange({ ...gap, amount })}
      />
      <Select
        className={fields.choice ?? ''}
        popupMatchSelectWidth={false}
        value={gap.unit}
        aria-label={t('fields.unit')}
        options={gapUnits.map((unit) => ({ value: unit, label: t(`units.${unit}`) }))}
        onChange={(unit) => onChange({ ...gap, unit })}
      />
    </>
  )
}

/** One event after the other, and what must not follow. */
export function SequenceLeaf({ value, onChange }: LeafProps<SequenceTest>) {
  const { t } = useTranslation('nodes')
  const { without, ...bare } = value
  const { first, next, window } = value
  const put = (index: number, step: LaterStep) =>
    onChange({ ...value, next: next.map((old, at) => (at === index ? step : old)) })
  return (
    <>
      <EventFilterEditor derived value={first} onChange={(filter) => onChange({ ...value, first: filter })} />
      <WindowEditor value={window} onChange={(changed) => onChange({ ...value, window: changed })} />
      {keyed(next).map(({ step, index, key }) => (
        <Step
          key={key}
          word={t('condition.thenStep')}
          open={t('condition.gapAny')}
          step={step}
          onChange={(changed) => put(index, changed)}
          onRemove={() => onChange({ ...value, next: next.filter((_old, at) => at !== index) })}
        />
      ))}
      {without === undefined ? null : (
        <Step
          word={t('condition.thenNot')}
          open={t('condition.gapSince')}
          step={without}
          onChange={(changed) => onChange({ ...value, without: changed })}
          onRemove={() => onChange(bare)}
        />
      )}
      <Row>
        {next.length >= limits.sequenceSteps.value ? null : (
          <Button
            type="link"
            size="small"
            className={styles.add ?? ''}
            icon={<Plus size={13} />}
            onClick={() =>
              onChange({
                ...value,
                next: [...next, { event: 'order', where: [], within: { amount: 7, unit: 'day' } }],
              })
            }
          >
            {t('condition.addStep')}
          </Button>
        )}
        {without === undefined ? (
          <Button
            type="link"
            size="small"
            className={styles.add ?? ''}
            icon={<Ban size={13} />}
            onClick={() => onChange({ ...value, without: { event: 'order', where: [], within: day } })}
          >
            {t('condition.addWithout')}
          </Button>
        ) : null}
      </Row>
    </>
  )
}
