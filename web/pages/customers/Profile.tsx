import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { sayDay } from '../../../shared/calendar/index.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Panel } from '../../ui/Page.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { sayLanguage } from './language.ts'
import styles from './Profile.module.css'
import type { PartProps } from './panels.tsx'
import { Contact } from './reveal.tsx'
import { Groups } from './Tags.tsx'

type Customer = CustomerAnswer['customer']

/** Who the customer is: contact, profile, attributes. */
export function ProfilePanel({ data: { customer } }: PartProps) {
  const { t } = useTranslation('customers')
  const { locale } = useLocale()
  const format = useFormat()
  const { phone, email, birthday, registeredAt } = customer
  const facts: [string, ReactNode][] = [
    [t('profile.phone'), phone === null ? null : <Contact key="phone" kind="phone" masked={phone} />],
    [t('profile.email'), email === null ? null : <Contact key="email" kind="email" masked={email} />],
    [t('profile.city'), customer.city],
    [t('profile.gender'), useGender()(customer.gender)],
    [t('profile.birthday'), birthday === null ? null : sayDay(birthday, locale)],
    [t('profile.registered'), registeredAt === null ? null : format.time(registeredAt, 'date')],
    [t('profile.language'), customer.language === null ? null : sayLanguage(customer.language, locale)],
    [t('profile.timezone'), customer.timezone],
  ]
  return (
    <Panel title={t('profile.title')}>
      <dl className={styles.facts}>
        {facts.map(([label, value]) =>
          value === null ? null : (
            <Fact key={label} label={label}>
              {value}
            </Fact>
          ),
        )}
      </dl>
      <Attributes attributes={customer.attributes} />
    </Panel>
  )
}

function Attributes({ attributes }: Pick<Customer, 'attributes'>) {
  const { t } = useTranslation('customers')
  const { locale } = useLocale()
  const entries = Object.entries(attributes)
  if (entries.length === 0) return null
  const said = (value: string | number | boolean) => {
    if (typeof value === 'boolean') return value ? t('profile.yes') : t('profile.no')
    return typeof value === 'number' ? value.toLocaleString('en-US') : value
  }
  return (
    <>
      <p className={styles.more}>{t('profile.more')}</p>
      <dl className={styles.facts}>
        {entries.map(([name, value]) => (
          <Fact key={name} label={atHead(sayName(name, locale))}>
            {said(value)}
          </Fact>
        ))}
      </dl>
    </>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** 'female' and 'male' in words; anything else as it was written. */
function useGender(): (gender: string | null) => string | null {
  const { t } = useTranslation('customers')
  return (gender) => {
    if (gender === 'female') return t('profile.female')
    return gender === 'male' ? t('profile.male') : gender
  }
}

export function GroupsPanel({ data: { audiences, tags } }: PartProps) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const named = audiences.map(({ key, name }) => ({ key, name: format.text(name) }))
  return (
    <Panel title={t('groups.title')}>
      {named.length + tags.length === 0 ? (
        <p className={styles.quiet}>{t('groups.none')}</p>
      ) : (
        <Groups audiences={named} tags={tags} />
      )}
    </Panel>
  )
}
