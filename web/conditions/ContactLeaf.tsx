import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import {
  type ContactStateId,
  contactChannelIds,
  contactChannels,
  isDated,
  sayAsked,
  statesOfChannel,
} from '../../shared/conditions/contact.ts'
import type { Leaf, TimeWindow } from '../../shared/conditions/schema.ts'
import { useLocale } from '../locales/useLocale.ts'
import fields from '../ui/fields/Field.module.css'
import { Row } from '../ui/fields/Field.tsx'
import { useFormat } from '../ui/useFormat.ts'
import type { LeafProps } from './leaf.ts'
import { WindowEditor } from './WindowEditor.tsx'

type Contact = Extract<Leaf, { kind: 'contact' }>

/** What a marketer may not know of the state: when an address counts as verified, and which consents have no time. */
function hintOf({ state, window }: Contact) {
  if (state === 'verified') return 'condition.contactVerified'
  const dated = window !== undefined && (state === 'agreed' || state === 'refused')
  return dated ? 'condition.contactUndated' : null
}

/** The channel, and what is asked of it, said as the sentence will say it. */
export function ContactLeaf({ value, onChange }: LeafProps<Contact>) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const format = useFormat()
  const said = (state: ContactStateId) => sayAsked({ channel: value.channel, state }, locale)
  const { window, ...bare } = value
  // Since when it is so is kept of some states alone.
  const chosen = (channel: Contact['channel'], state: ContactStateId) =>
    onChange({
      ...{ ...bare, channel, state },
      ...(window === undefined || !isDated(state) ? {} : { window }),
    })
  const since = (next: TimeWindow) => onChange(next.kind === 'ever' ? bare : { ...bare, window: next })
  const choose = (channel: Contact['channel']) => {
    const states = statesOfChannel(channel)
    chosen(channel, states.includes(value.state) ? value.state : 'open')
  }
  const hint = hintOf(value)
  const states = statesOfChannel(value.channel)
  // A condition from elsewhere may ask for what the channel does not have: it is shown as what it is.
  const shown = states.includes(value.state) ? states : [value.state, ...states]
  return (
    <>
      <Row>
        <Select
          className={fields.choice ?? ''}
          popupMatchSelectWidth={false}
          value={value.channel}
          aria-label={t('condition.channel')}
          options={contactChannelIds.map((id) => ({
            value: id,
            label: format.text(contactChannels[id].words),
          }))}
          onChange={choose}
        />
        <Select
          className={fields.grow ?? ''}
          popupMatchSelectWidth={false}
          value={value.state}
          aria-label={t('condition.contactState')}
          options={shown.map((state) => ({ value: state, label: said(state) }))}
          onChange={(state) => chosen(value.channel, state)}
        />
      </Row>
      {isDated(value.state) ? (
        <WindowEditor value={value.window ?? { kind: 'ever' }} onChange={since} />
      ) : null}
      {hint === null ? null : <p className={fields.hint}>{t(hint)}</p>}
    </>
  )
}
