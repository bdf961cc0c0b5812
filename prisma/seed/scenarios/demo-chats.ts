type Line = { from: "customer" | "shop"; text: string; hoursAgo: number };

/** The shop's week, oldest line first. */
export const DEMO_CHATS: { phone: string; name: string; lines: Line[] }[] = [
  {
    phone: "51987650001",
    name: "Rosa Quispe",
    lines: [
      { from: "customer", text: "Hola, ¿tienen turno para mañana en la tarde?", hoursAgo: 2.2 },
      { from: "shop", text: "Hola, Rosa. Sí, tenemos a las 4 o a las 5:30. ¿Cuál prefieres?", hoursAgo: 2.1 },
      { from: "customer", text: "A las 4 está perfecto", hoursAgo: 0.6 },
      { from: "customer", text: "¿Es con Ana, verdad?", hoursAgo: 0.5 },
    ],
  },
  {
    phone: "51987650002",
    name: "José Luis Paredes",
    lines: [
      { from: "customer", text: "Buenas, ¿cuánto cuesta el corte con barba?", hoursAgo: 5 },
      { from: "shop", text: "Corte y barba: *S/ 45*. Dura unos 50 minutos.", hoursAgo: 4.8 },
      { from: "customer", text: "Gracias, paso el sábado", hoursAgo: 4.7 },
    ],
  },
  {
    phone: "51987650003",
    name: "Carmen Rojas",
    lines: [
      { from: "customer", text: "¿Me pueden mandar la dirección?", hoursAgo: 8 },
      { from: "shop", text: "Av. Larco 345, Miraflores. Segundo piso, timbre 2.", hoursAgo: 7.9 },
      { from: "customer", text: "Llego en 10 minutos", hoursAgo: 1.1 },
    ],
  },
  {
    phone: "5511987654321",
    name: "Beatriz Souza",
    lines: [
      { from: "customer", text: "Oi! Vocês atendem em português?", hoursAgo: 26 },
      { from: "shop", text: "Sim, claro. Quer marcar um horário?", hoursAgo: 25.5 },
      { from: "customer", text: "Quero, para sexta de manhã", hoursAgo: 25 },
    ],
  },
  {
    phone: "51987650005",
    name: "Andrés Cárdenas Villanueva de la Torre",
    lines: [
      { from: "shop", text: "Andrés, te recordamos tu cita de mañana a las 10:00.", hoursAgo: 30 },
      { from: "customer", text: "Confirmado, gracias por avisar", hoursAgo: 29 },
    ],
  },
  {
    phone: "5215512345678",
    name: "Lucía Hernández",
    lines: [
      { from: "customer", text: "Hola, los encontré en Instagram. ¿Hacen balayage?", hoursAgo: 52 },
      {
        from: "shop",
        text: "Sí. El precio depende del largo: desde S/ 280. ¿Nos mandas una foto de tu cabello?",
        hoursAgo: 51.5,
      },
    ],
  },
  {
    phone: "51987650007",
    name: "Pedro Flores",
    lines: [
      { from: "customer", text: "Tuve que salir de viaje, ¿puedo mover mi cita?", hoursAgo: 74 },
      { from: "shop", text: "Claro, Pedro. ¿El martes a la misma hora te sirve?", hoursAgo: 73 },
      { from: "customer", text: "Sí, mil gracias", hoursAgo: 72.8 },
    ],
  },
  {
    phone: "51987650008",
    name: "Mónica Ibáñez",
    lines: [
      { from: "customer", text: "Quedé feliz con el color 😍", hoursAgo: 120 },
      {
        from: "shop",
        text: "Qué alegría, Mónica. Te esperamos en seis semanas para el retoque.",
        hoursAgo: 119,
      },
    ],
  },
];
