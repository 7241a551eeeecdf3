import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { attributeList } from '../../../shared/api/attributes.ts'
import { type ProfileField, profileFields } from '../../../shared/api/customer-edits.ts'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { sayDay } from '../../../shared/calendar/index.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { useApiQuery } from '../../api/query.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Panel } from '../../ui/Page.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { AddAttribute } from './AddAttribute.tsx'
import { EditableFact, type FactKind, type FactValue } from './EditableFact.tsx'
import { sayLanguage } from './language.ts'
import { OriginMark } from './Origin.tsx'
import styles from './Profile.module.css'
import type { PartProps } from './panels.tsx'
import { Contact } from './reveal.tsx'
import { TagEditor } from './TagEditor.tsx'
import { Groups } from './Tags.tsx'

const builtInKinds: Readonly<Record<ProfileField, FactKind>> = {
  name: 'text',
  phone: 'text',
  email: 'text',
  city: 'text',
  gender: 'gender',
  birthday: 'date',
  language: 'text',
  timezone: 'text',
}

/** What is masked is written anew rather than corrected. */
const beginOf = (value: FactValue): FactValue =>
  typeof value === 'string' && value.includes('***') ? null : value

/** Who the customer is: contact, profile, attributes; a press on a pencil changes one. */
export function ProfilePanel({ data: { customer, origins } }: PartProps) {
  const { t } = useTranslation('customers')
  const { locale } = useLocale()
  const format = useFormat()
  const gender = useGender()
  const { phone, email, birthday, language, registeredAt } = customer
  const shown: Readonly<Record<ProfileField, ReactNode>> = {
    name: customer.name,
    phone: phone === null ? null : <Contact kind="phone" masked={phone} />,
    email: email === null ? null : <Contact kind="email" masked={email} />,
    city: customer.city,
    gender: gender(customer.gender),
    birthday: birthday === null ? null : sayDay(birthday, locale),
    language: language === null ? null : sayLanguage(language, locale),
    timezone: customer.timezone,
  }
  return (
    <Panel title={t('profile.title')}>
      <dl className={styles.facts} data-testid="profile">
        {profileFields.map((name) => (
          <Fact key={name} label={t(`profile.${name}`)}>
            <EditableFact
              customerId={customer.id}
              of="profile"
              name={name}
              label={t(`profile.${name}`)}
              kind={builtInKinds[name]}
              value={customer[name]}
              begin={beginOf(customer[name])}
              origin={origins.profile[name]}
            >
              {shown[name] ?? <span className={styles.quiet}>–</span>}
            </EditableFact>
          </Fact>
        ))}
        {registeredAt === null ? null : (
          <Fact label={t('profile.registered')}>
            <span className={styles.told}>
              {format.time(registeredAt, 'date')}
              <OriginMark origin={origins.profile.registeredAt} label={t('profile.registered')} />
            </span>
          </Fact>
        )}
      </dl>
      <Attributes customer={customer} origins={origins} />
    </Panel>
  )
}

function Attributes({
  customer: { id, attributes, unreadable },
  origins,
}: Pick<CustomerAnswer, 'customer' | 'origins'>) {
  const { t } = useTranslation('customers')
  const { locale } = useLocale()
  const list = useApiQuery('/attributes', attributeList, { staleTime: 60_000 }).data?.attributes ?? []
  const entries = Object.entries(attributes)
  const said = (value: string | number | boolean) => {
    if (typeof value === 'boolean') return value ? t('profile.yes') : t('profile.no')
    return typeof value === 'number' ? value.toLocaleString('en-US') : value
  }
  const kindOf = (name: string, value: FactValue): FactKind => {
    const type = list.find((one) => one.name === name)?.type
    if (type !== undefined && type !== null) return type
    if (typeof value === 'boolean') return 'yes_no'
    return typeof value === 'number' ? 'number' : 'text'
  }
  if (unreadable !== null) return null
  return (
    <>
      <p className={styles.more}>{t('profile.more')}</p>
      <dl className={styles.facts}>
        {entries.map(([name, value]) => {
          const label = atHead(sayName(name, locale))
          return (
            <Fact key={name} label={label}>
              <EditableFact
                customerId={id}
                of="attribute"
                name={name}
                label={label}
                kind={kindOf(name, value)}
                value={value}
                begin={beginOf(value)}
                origin={Object.hasOwn(origins.attributes, name) ? origins.attributes[name] : undefined}
              >
                {said(value)}
              </EditableFact>
            </Fact>
          )
        })}
      </dl>
      <AddAttribute customerId={id} known={list} had={Object.keys(attributes)} />
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

/** In which audiences the customer is, and what they are tagged with; tags are given and taken here. */
export function GroupsPanel({ data: { customer, audiences, tags, origins } }: PartProps) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const named = audiences.map(({ key, name, since, before }) => ({
    ...{ key, name: format.text(name) },
    since: t(before ? 'groups.before' : 'groups.since', { when: format.time(since, 'date') }),
  }))
  return (
    <Panel title={t('groups.title')}>
      {named.length === 0 ? null : <Groups audiences={named} tags={[]} />}
      <TagEditor customerId={customer.id} tags={tags} origins={origins.tags} />
    </Panel>
  )
}
