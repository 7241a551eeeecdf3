import { Segmented, Select } from 'antd'
import { Route } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Journey } from '../../shared/journey/graph.ts'
import { followedReasons } from '../../shared/nodes/from-journey.ts'
import { registry } from '../../shared/nodes/index.ts'
import { type Editor, useEditor, useJourney } from '../conditions/editor.ts'
import { Field, Section } from '../ui/fields/Field.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'

type Config = ConfigOf<'from_journey'>

function FromJourneyForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const { journeys } = useEditor()
  const own = useJourney(({ id }) => id)
  const known = (journeys ?? []).map(({ id, name }) => ({ value: id, label: format.text(name) }))
  const isKnown = config.journey === '' || known.some(({ value }) => value === config.journey)
  const options = isKnown ? known : [...known, { value: config.journey, label: config.journey }]
  return (
    <>
      <Section title={t('fromJourney.which')}>
        <Field label={t('fromJourney.journey')} path="journey">
          {(id) => (
            <Select
              id={id}
              showSearch
              optionFilterProp="label"
              value={config.journey === '' ? null : config.journey}
              placeholder={t('fromJourney.choose')}
              options={options.map((one) =>
                one.value === own ? { ...one, label: t('fromJourney.own', { name: one.label }) } : one,
              )}
              onChange={(journey) => change({ ...config, journey: journey ?? '', endings: [] }, 'journey')}
            />
          )}
        </Field>
        <Segmented
          block
          value={config.on}
          aria-label={t('fromJourney.when')}
          options={(['left', 'entered'] as const).map((on) => ({
            value: on,
            label: t(`fromJourney.on.${on}`),
          }))}
          onChange={(on) => change({ ...config, on, endings: on === 'left' ? config.endings : [] }, 'on')}
        />
        {config.on === 'left' && config.journey !== '' ? <Endings config={config} change={change} /> : null}
      </Section>
      <p>{t('fromJourney.hint')}</p>
    </>
  )
}

/** The journey that is followed, as it is drawn; null while it is unknown. */
function useFollowed(read: Editor['readJourney'], id: string): Journey | null {
  const [found, setFound] = useState<Journey | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    setFound(null)
    // What cannot be read has no ways out to choose from; those chosen already stay.
    read(id, stop.signal).then(setFound, () => undefined)
    return () => stop.abort()
  }, [read, id])
  return found
}

function Endings({ config, change }: Omit<FormProps<Config>, 'id'>) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const { readJourney } = useEditor()
  const followed = useFollowed(readJourney, config.journey)
  const nodes = Object.entries(followed?.nodes ?? {}).flatMap(([id, { type, name }]) => {
    const role = registry.get(type)?.role
    return role === 'exit' || role === 'goal' ? [{ value: id, label: format.text(name) }] : []
  })
  const options = [
    ...nodes,
    ...Object.entries(followedReasons).map(([value, words]) => ({ value, label: format.text(words) })),
  ]
  return (
    <Field label={t('fromJourney.endings')} path="endings" hint={t('fromJourney.endingsHint')}>
      {(id) => (
        <Select
          id={id}
          mode="multiple"
          value={config.endings}
          options={options}
          placeholder={t('fromJourney.anyEnding')}
          onChange={(endings) => change({ ...config, endings }, 'endings')}
        />
      )}
    </Field>
  )
}

export const fromJourney = defineCard<Config>({
  icon: Route,
  figures: (numbers) => [{ label: 'entered', value: numbers.in }],
  fields: {
    journey: (t) => t('fromJourney.journey'),
    on: (t) => t('fromJourney.when'),
    endings: (t) => t('fromJourney.endings'),
  },
  form: FromJourneyForm,
})
