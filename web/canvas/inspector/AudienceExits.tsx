import { Button, Segmented, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type AudienceExit, mostExits } from '../../../shared/journey/graph.ts'
import { Row, Section, useConditionServices, Word } from '../../nodes/index.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './Inspector.module.css'

type Exits = readonly AudienceExit[]

const keyed = (exits: Exits) =>
  exits.map((exit, index) => ({ exit, index, key: `${index} ${exit.audience}` }))

/** Rule 18: audiences whose leaving (or joining) takes a customer out of the journey. */
export function AudienceExits({ value, onChange }: { value: Exits; onChange: (value: Exits) => void }) {
  const { t } = useTranslation('canvas')
  const { audiences } = useConditionServices()
  const [first] = audiences
  const set = (index: number, part: Partial<AudienceExit>) =>
    onChange(value.map((old, at) => (at === index ? { ...old, ...part } : old)))
  return (
    <Section title={t('settings.exitAudience')}>
      {value.length === 0 ? (
        <p className={styles.note}>
          {t(first === undefined ? 'settings.exitNoAudience' : 'settings.exitAudienceNone')}
        </p>
      ) : null}
      {keyed(value).map(({ exit, index, key }) => (
        <div key={key} className={styles.rule} data-field={`settings.exitAudiences.${index}`}>
          <Row>
            <Segmented<AudienceExit['on']>
              size="small"
              value={exit.on}
              options={(['leave', 'join'] as const).map((on) => ({
                value: on,
                label: t(`settings.exitOn.${on}`),
              }))}
              onChange={(on) => set(index, { on })}
            />
            <AudienceSelect value={exit.audience} onChange={(audience) => set(index, { audience })} />
            <Word>{t('settings.exitAudienceWords')}</Word>
          </Row>
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
          disabled={first === undefined || value.length >= mostExits}
          data-testid="exit-audience-add"
          onClick={() => {
            if (first !== undefined) onChange([...value, { audience: first.key, on: 'leave' }])
          }}
        >
          {t('settings.exitAdd')}
        </Button>
      </Row>
    </Section>
  )
}

/** One that is not there any more is shown by its key, so that it can be seen and changed. */
function AudienceSelect({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  const { t } = useTranslation('canvas')
  const { audiences } = useConditionServices()
  const format = useFormat()
  const known = audiences.map(({ key, name }) => ({ value: key, label: format.text(name) }))
  const options = known.some((one) => one.value === value) ? known : [...known, { value, label: value }]
  return (
    <Select
      size="small"
      showSearch
      optionFilterProp="label"
      popupMatchSelectWidth={false}
      value={value}
      aria-label={t('settings.exitAudience')}
      options={options}
      onChange={onChange}
    />
  )
}
