import { Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Rate } from '../../../shared/journey/graph.ts'
import { limits } from '../../../shared/limits.ts'
import { Field, NumberInput, Row, Section, Word } from '../../nodes/index.ts'

interface Props {
  value: Rate | undefined
  onChange: (value: Rate | undefined) => void
}

const usual: Rate = { messages: 600, per: 'minute' }

/** Rule 22: how fast the journey's messages leave, so that a shop can serve whom they bring. */
export function RateLimit({ value, onChange }: Props) {
  const { t } = useTranslation('canvas')
  return (
    <Section title={t('settings.rate')}>
      <Field hint={t(value === undefined ? 'settings.rateOff' : 'settings.rateHint')}>
        <Row>
          <Switch
            size="small"
            checked={value !== undefined}
            aria-label={t('settings.rate')}
            onChange={(on) => onChange(on ? usual : undefined)}
            data-testid="journey-rate"
          />
          {value === undefined ? null : (
            <>
              <NumberInput
                value={value.messages}
                min={1}
                max={limits.messagesAtARate.value}
                aria-label={t('settings.rateMessages')}
                onChange={(messages) => onChange({ ...value, messages })}
              />
              <Word>{t('settings.rateMessages')}</Word>
              <Select
                value={value.per}
                aria-label={t('settings.ratePer')}
                options={(['minute', 'hour'] as const).map((per) => ({
                  value: per,
                  label: t(`settings.rates.${per}`),
                }))}
                onChange={(per) => onChange({ ...value, per })}
              />
            </>
          )}
        </Row>
      </Field>
    </Section>
  )
}
