import {
  ChartColumn,
  ContactRound,
  LayoutTemplate,
  LogOut,
  type LucideIcon,
  MessagesSquare,
  Route,
  Settings2,
  UsersRound,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import type { BrandId } from '../../shared/api/system.ts'
import { useSystem } from '../api/system.ts'
import { Logo } from '../ui/Logo.tsx'
import styles from './Rail.module.css'
import { signOutPath } from './SignOut.tsx'
import { UnderWay } from './UnderWay.tsx'

const places = [
  ['journeys', Route],
  ['templates', LayoutTemplate],
  ['audiences', UsersRound],
  ['customers', ContactRound],
  ['messages', MessagesSquare],
  ['reports', ChartColumn],
] as const satisfies readonly (readonly [string, LucideIcon])[]

/** The way to every part of the product. */
export function Rail({ brand }: { brand: BrandId }) {
  const { t } = useTranslation('shell')
  const { login } = useSystem()
  // Fields, importing and saying whom not to contact are the customers': their place stays lit.
  const { pathname } = useLocation()
  const aboutCustomers = ['fields', 'import', 'do-not-contact'].some((page) =>
    pathname.startsWith(`/${brand}/${page}`),
  )
  return (
    <nav className={styles.rail} aria-label={t('rail.label')}>
      <NavLink
        to={`/${brand}/journeys`}
        className={styles.mark ?? ''}
        aria-label={t('rail.journeys')}
        tabIndex={-1}
      >
        <Logo size={30} />
      </NavLink>
      {places.map(([place, icon]) => (
        <Place
          key={place}
          to={`/${brand}/${place}`}
          label={t(`rail.${place}`)}
          icon={icon}
          here={place === 'customers' && aboutCustomers}
        />
      ))}
      <span className={styles.gap} />
      <UnderWay className={`${styles.place} ${styles.press}`} />
      <Place to={`/${brand}/settings`} label={t('rail.settings')} icon={Settings2} />
      {login ? <Place to={signOutPath} label={t('login.out')} icon={LogOut} /> : null}
    </nav>
  )
}

interface PlaceProps {
  to: string
  label: string
  icon: LucideIcon
  /** Lit although the address is another. */
  here?: boolean
}

function Place({ to, label, icon: Icon, here = false }: PlaceProps) {
  return (
    <NavLink to={to} className={({ isActive }) => `${styles.place} ${isActive || here ? styles.active : ''}`}>
      <Icon size={19} strokeWidth={1.7} aria-hidden />
      <span>{label}</span>
    </NavLink>
  )
}
