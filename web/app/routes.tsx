import { App } from 'antd'
import { createBrowserRouter, type LoaderFunctionArgs, Outlet, redirect } from 'react-router'
import { brandId } from '../../shared/api/system.ts'
import { chosenBrand } from '../api/brand.ts'
import { PageSkeleton } from '../ui/Skeletons.tsx'
import { Frame } from './Frame.tsx'
import { Missing, MissingOutside, RouteFailure } from './RouteFailure.tsx'
import { SignOut, signOutPath } from './SignOut.tsx'

/** Makes the brand of the address the one that requests go to, before any of its pages renders. */
function chooseBrand({ params }: LoaderFunctionArgs): null {
  const brand = brandId.safeParse(params.brand)
  if (!brand.success) throw new Response('', { status: 404 })
  chosenBrand.setState({ brand: brand.data })
  return null
}

/** Every page, loaded when it is first opened. A page's module exports `Component`. */
const pages = [
  { path: 'journeys', lazy: () => import('../pages/journeys/JourneysPage.tsx') },
  { path: 'journeys/:id', lazy: () => import('../pages/canvas/CanvasPage.tsx') },
  { path: 'journeys/:id/why/:enrollment', lazy: () => import('../pages/why/WhyPage.tsx') },
  { path: 'templates', lazy: () => import('../pages/templates/TemplatesPage.tsx') },
  { path: 'contents', lazy: () => import('../pages/contents/ContentsPage.tsx') },
  { path: 'contents/new-content', lazy: () => import('../pages/contents/ContentPage.tsx') },
  { path: 'contents/:key', lazy: () => import('../pages/contents/ContentPage.tsx') },
  { path: 'assets', lazy: () => import('../pages/assets/AssetsPage.tsx') },
  { path: 'coupons', lazy: () => import('../pages/coupons/CouponsPage.tsx') },
  { path: 'coupons/new-coupon', lazy: () => import('../pages/coupons/CouponPage.tsx') },
  { path: 'referrals', lazy: () => import('../pages/referrals/ReferralsPage.tsx') },
  { path: 'referrals/new-programme', lazy: () => import('../pages/referrals/ReferralPage.tsx') },
  { path: 'referrals/:key', lazy: () => import('../pages/referrals/ReferralPage.tsx') },
  { path: 'coupons/:key', lazy: () => import('../pages/coupons/CouponPage.tsx') },
  { path: 'audiences', lazy: () => import('../pages/audiences/AudiencesPage.tsx') },
  { path: 'audiences/:key', lazy: () => import('../pages/audiences/AudiencePage.tsx') },
  { path: 'customers', lazy: () => import('../pages/customers/CustomersPage.tsx') },
  { path: 'fields', lazy: () => import('../pages/fields/FieldsPage.tsx') },
  {
    path: 'customers/duplicates',
    lazy: () => import('../pages/customers/duplicates/DuplicatesPage.tsx'),
  },
  { path: 'customers/:id', lazy: () => import('../pages/customers/CustomerPage.tsx') },
  { path: 'do-not-contact', lazy: () => import('../pages/opt-outs/OptOutsPage.tsx') },
  { path: 'messages', lazy: () => import('../pages/messages/MessagesPage.tsx') },
  { path: 'wecom', lazy: () => import('../pages/wecom/WecomPage.tsx') },
  { path: 'delivery', lazy: () => import('../pages/delivery/DeliveryPage.tsx') },
  { path: 'tasks', lazy: () => import('../pages/tasks/TasksPage.tsx') },
  { path: 'staff', lazy: () => import('../pages/staff/StaffPage.tsx') },
  { path: 'models', lazy: () => import('../pages/models/ModelsPage.tsx') },
  { path: 'models/:name', lazy: () => import('../pages/models/ModelPage.tsx') },
  { path: 'reports', lazy: () => import('../pages/reports/ReportsPage.tsx') },
  { path: 'products', lazy: () => import('../pages/products/ProductsPage.tsx') },
  { path: 'quality', lazy: () => import('../pages/quality/QualityPage.tsx') },
  { path: 'import', lazy: () => import('../pages/import/ImportPage.tsx') },
  { path: 'settings', lazy: () => import('../pages/settings/SettingsPage.tsx') },
]

/** Holds the windows that pages open, within the router, so that there may be links in them. */
function Windows() {
  return (
    <App component={false}>
      <Outlet />
    </App>
  )
}

export const router = createBrowserRouter([
  { path: '/', loader: () => redirect('/demo/journeys') },
  { path: signOutPath, Component: SignOut },
  {
    Component: Windows,
    children: [
      {
        path: '/:brand',
        loader: chooseBrand,
        Component: Frame,
        ErrorBoundary: MissingOutside,
        HydrateFallback: PageSkeleton,
        children: [
          {
            ErrorBoundary: RouteFailure,
            children: [
              { index: true, loader: () => redirect('journeys') },
              ...pages,
              { path: '*', Component: Missing },
            ],
          },
        ],
      },
    ],
  },
  { path: '*', Component: MissingOutside },
])
