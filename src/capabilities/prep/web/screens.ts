/** What prep brings to the web app: its card on Today (composed in src/web.tsx). */
export const prepToday = { load: () => import('./PrepToday.tsx') }
